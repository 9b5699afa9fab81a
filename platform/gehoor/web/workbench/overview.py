"""Werkplaats: what is in force and since when, what is proposed, and where a new proposal begins."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import MAKING, Action
from gehoor.core.proposals.proposal import State as ProposalState
from gehoor.core.proposals.sources import SourcesError
from gehoor.core.proposals.stale_translations import Stale
from gehoor.core.text.contacts import is_email
from gehoor.core.text.normalise import undrawn
from gehoor.services.access.manned import is_manned
from gehoor.services.accounts.new_accounts import NameTakenError
from gehoor.services.agreements.publications import InForce, all_in_force
from gehoor.services.ports.drafting import TooHeavySourcesError
from gehoor.services.ports.records import ProposalSummary
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.changing import NoSourcesError, begin_proposal, found_organisation
from gehoor.services.proposals.conversation import standings
from gehoor.services.proposals.enacted import Enacted, PastProposals
from gehoor.services.proposals.first_people import (
    NotFoundingError,
    Wanted,
    appoint_first,
    appointing,
    take_back,
)
from gehoor.services.proposals.looking import awaiting, proposals
from gehoor.services.proposals.people import people_of
from gehoor.services.proposals.rights import (
    MakingRights,
    MayNotError,
    NoAgreementsError,
    makers_of,
    may_found,
)
from gehoor.services.proposals.translating import stale_in_force
from gehoor.services.register.register import Register, reading
from gehoor.services.register.validity import valid_from
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.workbench.shown import (
    department_name,
    drafter,
    full_name,
    organisation_name,
    refusal,
    wrong_name,
)

pages = Blueprint("workbench", __name__, url_prefix="/medewerker/werkplaats")

Answer: TypeAlias = "Response | str | tuple[str, int]"

_LATELY = 5


@dataclass(frozen=True)
class _Department:
    in_force: InForce
    how: Enacted
    since: date
    closed: bool
    """Whether nobody would see what comes in, so that the website does not offer its forms."""


@dataclass(frozen=True)
class _Organisation:
    rights: MakingRights
    name: str
    departments: list[_Department]
    open: list[ProposalSummary]
    closed: list[ProposalSummary]
    waiting: frozenset[str]
    """The open proposals that wait for who looks to approve them."""
    has_sources: bool
    in_folder: bool
    stale: list[Stale]
    """The translations of what is in force that may no longer say what is said."""

    @property
    def may_propose(self) -> bool:
        return self.rights.any(Action.PROPOSE)


@pages.get("")
@allow(Policy.MAKES)
def overview() -> str:
    """Show each organisation whose agreements somebody has a part in."""
    return _page({}, {})


@pages.get("/stand/<organisation>")
@allow(Policy.MAKES)
def standing(organisation: str) -> str:
    """Show the list of what people agree on, each line with how it stands in what is in force."""
    runtime, drafts = site().runtime, drafter()
    with reading(runtime.store) as register:
        rights = [
            one for one in makers_of(runtime, register, me().name, now()) if one.organisation == organisation
        ]
        tree = register.tree_in_force(organisation)
        if not rights or not tree:
            abort(404)
        sources = register.sources(tree)
    try:
        talk, judged = drafts.conversation(sources, organisation), drafts.judge(sources, organisation)
    except TooHeavySourcesError:
        abort(404)
    with reading(runtime.store) as register:
        told = standings(runtime, register, talk, judged, said().agreements.whole, (organisation, now()))
    mine = proposals(runtime, me().name, now(), (ProposalState.OPEN,))
    return render_template(
        "workbench/standing_list.html",
        organisation=organisation,
        organisation_name=organisation_name(organisation),
        steps=[(step.title, [one for one in told if one.step == n]) for n, step in enumerate(talk.steps, 1)],
        open=sum(one.is_open for one in told),
        total=len(told),
        going=next((one.id for one in mine if one.organisation == organisation), ""),
        may_propose=rights[0].any(Action.PROPOSE),
        names={one.name: department_name(one) for one in judged.departments},
    )


@pages.get("/mensen/<organisation>")
@allow(Policy.MAKES)
def people(organisation: str) -> str:
    """Show who has which role in each department, who acts for whom, and who makes the agreements."""
    return _people(organisation, "")


@pages.post("/mensen/<organisation>")
@allow(Policy.MAKES)
def appoint(organisation: str) -> Answer:
    """Give a first role of a new organisation."""
    typed = {
        name: " ".join(request.form.get(name, "").split()) for name in ("rol", "wie", "volledig", "adres")
    }
    if fault := _appointing_fault(typed):
        return _people(organisation, fault, typed), 422
    wanted = Wanted(typed["rol"], typed["wie"], typed["volledig"], typed["adres"])
    try:
        account, password = appoint_first(
            site().runtime, site().hasher, organisation, wanted, me().name, now()
        )
    except NotFoundingError:
        return _people(organisation, _("Deze rollen geeft u niet (meer): hieronder staat wie dat doet.")), 409
    except NameTakenError:
        return _people(
            organisation, _("Met dit adres kan geen account gemaakt worden. Geef een ander."), typed
        ), 422
    if password:
        # Shown once: nothing of it stands in an address.
        return _people(organisation, "", made=(account, password))
    return redirect(url_for(".people", organisation=organisation, gedaan="gegeven"), 303)


def _appointing_fault(typed: Mapping[str, str]) -> str:
    if not typed["rol"]:
        return str(_("Kies een rol."))
    if typed["wie"]:
        return ""
    if not typed["adres"]:
        return str(_("Kies wie de rol krijgt, of geef een naam en een e-mailadres."))
    if not is_email(typed["adres"]):
        return str(_("Geef een e-mailadres, bijvoorbeeld els@voorbeeld.be."))
    if undrawn(typed["volledig"]):
        return str(_("In deze naam staan tekens die niemand ziet. Typ de naam opnieuw."))
    return "" if typed["volledig"] else str(_("Geef de volledige naam."))


@pages.post("/mensen/<organisation>/terug")
@allow(Policy.MAKES)
def take_back_role(organisation: str) -> Answer:
    """Take back a first role that was given."""
    account, role = request.form.get("account", ""), request.form.get("rol", "")
    try:
        take_back(site().runtime, organisation, account, role, me().name, now())
    except NotFoundingError:
        return _people(organisation, _("Deze rol neemt u niet (meer) terug.")), 409
    return redirect(url_for(".people", organisation=organisation, gedaan="teruggenomen"), 303)


def _people(
    organisation: str,
    fault: str,
    typed: Mapping[str, str] | None = None,
    made: tuple[str, str] | None = None,
) -> str:
    try:
        found = people_of(site().runtime, organisation, me().name, now())
    except NoAgreementsError:
        abort(404)
    return render_template(
        "workbench/people.html",
        organisation=organisation,
        organisation_name=organisation_name(organisation),
        people=found,
        fault=fault,
        typed=typed or {},
        made=made,
        mine=me().name,
        done=request.args.get("gedaan", "") if not fault and not made else "",
        appointing=appointing(site().runtime, organisation, me().name, now()),
        actions=[(action, said().actions.names[action]) for action in Action if action in MAKING],
    )


@pages.post("/voorstel")
@allow(Policy.MAKES)
@text_room(titel=None)
def begin() -> Answer:
    """Begin a proposal."""
    organisation = request.form.get("organisatie", "")
    question = request.form.get("vraag", "")[:80]
    title = " ".join(request.form.get("titel", "").split()) or (question and _("Afspraken maken"))
    if wrong := wrong_name(title):
        return _page({organisation: wrong}, {}), 422
    try:
        made = begin_proposal(site().runtime, organisation, title, me().name, now())
    except NoSourcesError:
        return _page(
            {organisation: _("De bestanden van deze afspraken staan nog niet in het register.")}, {}
        ), 422
    except MayNotError as error:
        return _page({organisation: refusal(error)}, {}), 403
    if question:
        return redirect(url_for("conversation.ask", proposal=made.id, question=question), 303)
    return redirect(url_for("conversation.overview", proposal=made.id), 303)


@pages.post("/inbrengen")
@allow(Policy.MAKES)
def bring_in() -> Answer:
    """Make a proposal of the files of an organisation in the folder beside the register."""
    organisation, folder = request.form.get("organisatie", ""), site().folder
    if folder is None or organisation not in folder.organisations():
        return _page({organisation: _("Op deze server staan geen bestanden van deze organisatie.")}, {}), 404
    try:
        files = folder.read(organisation)
        made = found_organisation(site().runtime, organisation, _("Zoals in de map"), files, me().name, now())
    except (OSError, SourcesError):
        return _page({organisation: _("De bestanden in de map kunnen niet gelezen worden.")}, {}), 422
    except MayNotError as error:
        return _page({organisation: refusal(error)}, {}), 403
    return redirect(url_for("proposal_page.show", proposal=made.id), 303)


def _has_sources(register: Register, organisation: str) -> bool:
    # What is damaged of one organisation keeps no other from its agreements.
    with suppress(DamagedError):
        return bool(register.tree_in_force(organisation))
    return False


def _page(faults: dict[str, str], typed: dict[str, str]) -> str:
    runtime, name = site().runtime, me().name
    with reading(runtime.store) as register:
        rights = makers_of(runtime, register, name, now())
        founds = may_found(runtime, register, name, now())
        places = register.published_departments()
        kept = {one.organisation: _has_sources(register, one.organisation) for one in rights}
        found = {
            one.organisation: all_in_force(
                register,
                runtime.library,
                [place for place in places if place[0] == one.organisation],
                now(),
            )
            for one in rights
        }
        staff = runtime.staff.of(register, now())
        past = {one.organisation: PastProposals(register, staff, one.organisation) for one in rights}
        came = {
            organisation: [past[organisation].of(current.publication) for current in every]
            for organisation, every in found.items()
        }
        outdated = {one.organisation: stale_in_force(register, one.organisation) for one in rights}
    seen = proposals(runtime, name, now())
    waiting = awaiting(runtime, name, now())
    folder = site().folder
    there = folder.organisations() if folder else []
    organisations = [
        _Organisation(
            one,
            organisation_name(one.organisation),
            [
                _Department(
                    current,
                    how,
                    valid_from(current.publication),
                    not current.ended and not is_manned(current.agreement, staff),
                )
                for current, how in zip(found[one.organisation], came[one.organisation], strict=True)
            ],
            [p for p in seen if p.organisation == one.organisation and p.state == ProposalState.OPEN],
            [p for p in seen if p.organisation == one.organisation and p.state != ProposalState.OPEN][
                :_LATELY
            ],
            waiting,
            kept[one.organisation],
            one.organisation in there,
            outdated[one.organisation],
        )
        for one in rights
    ]
    return render_template(
        "workbench/overview.html",
        organisations=organisations,
        founds=founds,
        faults=faults,
        typed=typed,
        full_name=full_name(),
        appointing={
            one.rights.organisation: appointing(runtime, one.rights.organisation, name, now())
            for one in organisations
            if any(of.closed for of in one.departments)
        },
    )
