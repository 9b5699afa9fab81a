"""A proposal: what it changes in sentences, what is said of its files, what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.proposals.proposal import Deed, Entry
from gehoor.core.reports.model import Report
from gehoor.core.reports.public_changes import PublicChanges, PublicTable, public_changes, together
from gehoor.services.figures.previewing import Wish, preview_of
from gehoor.services.ports.drafting import Department, Judged, TooHeavySourcesError
from gehoor.services.proposals import changing
from gehoor.services.proposals.changing import ChangedOtherwiseError
from gehoor.services.proposals.looking import SeenProposal
from gehoor.services.proposals.outlook import Effect, Outlook, achieved, outlook
from gehoor.services.proposals.rights import NoAgreementsError
from gehoor.web.display.example_words import ExampleChanges, example_changes
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, to_approve
from gehoor.web.security.text_room import text_room
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    department_name,
    drafter,
    full_name,
    judged,
    judged_files,
    newly_stale,
    page,
    refusal,
    reports_changed,
    wrong_name,
)
from gehoor.web.workbench.verdicts import remarks

pages = Blueprint("proposal_page", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>")

_LONGEST_ADDRESS: Final = 2000
_FALLEN: Final = Wish(public=True, actions=(Action.MAKE_REPORTS, Action.READ_REPORTS), most=3000)
"""What falls out of a public version is counted for who reads reports, of no more dossiers than take a moment."""
Answer: TypeAlias = "Response | str | tuple[str, int]"


@pages.get("")
@allow(Policy.PROPOSAL)
def show(proposal: str) -> str:
    """Show what a proposal changes to what is in force."""
    return _changes("")


@pages.get("/proberen")
@allow(Policy.PROPOSAL)
def attempt(proposal: str) -> str:
    """Lead to the pages as they would become, with a register to throw away."""
    seen, previewer = current(), site().previewer
    found = judged(seen)
    sound = found is not None and found.is_sound
    one = seen.proposal
    return page(
        "trying.html",
        seen,
        judged=found,
        sound=sound,
        departments=found.departments if found else (),
        preview=previewer.preview(one.organisation, one.tree, one.title) if previewer and sound else None,
        roles={
            role: str(one["name"])
            for part in (found.departments if found else ())
            for role, one in part.document["roles"].items()
        },
        count=counted(found),
    )


@pages.get("/geschiedenis")
@allow(Policy.PROPOSAL)
def history(proposal: str) -> str:
    """Show what happened to a proposal, the last first."""
    seen, name = current(), full_name()
    lines = [(one.at, name(one.by), _told(one)) for one in reversed(seen.entries)]
    return page("history.html", seen, lines=lines)


@pages.post("/ongedaan")
@allow(Policy.PROPOSAL)
def undo(proposal: str) -> Answer:
    """Take the last change back."""
    return _done(lambda: changing.undo(site().runtime, proposal, _seen(), me().name, now()), "teruggenomen")


@pages.post("/opnieuw")
@allow(Policy.PROPOSAL)
def redo(proposal: str) -> Answer:
    """Do again what was taken back."""
    return _done(lambda: changing.redo(site().runtime, proposal, _seen(), me().name, now()), "opnieuw")


@pages.post("/bijwerken")
@allow(Policy.PROPOSAL)
def bring_up_to_date(proposal: str) -> Answer:
    """Take over what was published since the proposal began."""
    return _done(lambda: changing.bring_up_to_date(site().runtime, proposal, me().name, now()))


@pages.post("/naam")
@allow(Policy.PROPOSAL)
@text_room(titel=None)
def rename(proposal: str) -> Answer:
    """Give the proposal another title."""
    title = " ".join(request.form.get("titel", "").split())
    if wrong := wrong_name(title):
        return _changes(wrong, wrong_title=title), 422
    return _done(lambda: changing.rename(site().runtime, proposal, title, me().name, now()), "hernoemd")


@pages.post("/intrekken")
@allow(Policy.PROPOSAL)
def discard(proposal: str) -> Answer:
    """Give the proposal up, once it was said that this is meant."""
    if request.form.get("zeker", "") != "ja":
        return _changes(_("Kruis aan dat u dit voorstel wilt intrekken.")), 422
    return _done(lambda: changing.discard(site().runtime, proposal, _seen(), me().name, now()))


@pages.post("/terugzetten")
@allow(Policy.PROPOSAL)
def set_back(proposal: str) -> Answer:
    """Begin a proposal that takes back what this one changed."""
    title = current().proposal.title
    words = (
        str(_("Terug: %(title)s", title=title))[:120],
        str(_("nam terug wat “%(title)s” veranderde", title=title)),
    )
    try:
        made = changing.set_back(site().runtime, proposal, words, me().name, now())
    except NoAgreementsError:
        abort(404)
    except ChangedOtherwiseError as error:
        return _changes(_overtaken(error)), 409
    except REFUSALS as error:
        return _changes(refusal(error)), 409
    return redirect(url_for(".show", proposal=made.id, gedaan="teruggezet"), 303)


def _overtaken(error: ChangedOtherwiseError) -> str:
    one = error.conflicts[0]
    return str(
        _(
            "Na dit voorstel is hetzelfde nog eens veranderd (%(where)s). Dat kan niet vanzelf terug: begin een nieuw "
            "voorstel, en zeg daarin wat het moet worden.",
            where=f"{one.file}:{one.line}" if one.line else one.file,
        )
    )


def _seen() -> str:
    """Return the tree that stood on the page."""
    return request.form.get("gezien", "")


def _done(act: Callable[[], object], done: str = "") -> Answer:
    try:
        act()
    except REFUSALS as error:
        return _changes(refusal(error)), 409
    back = request.form.get("terug", "")
    inside = url_for(".show", proposal=current().proposal.id)
    where = back if back.startswith(f"{inside}/") and _is_address(back) else inside
    place, _sign, asked = where.partition("?")
    kept = [one for one in asked.split("&") if one and not one.startswith("gedaan=")]
    kept += [f"gedaan={done}"] if done else []
    return redirect(f"{place}?{'&'.join(kept)}" if kept else place, 303)


def _is_address(text: str) -> bool:
    """Say whether a text can be an address of ours: nothing in it ends a line, or is read otherwise by a browser."""
    return (
        len(text) < _LONGEST_ADDRESS
        and text.isprintable()
        and not set(text) & set(" \\")
        and "/../" not in text
    )


def _changes(fault: str, *, wrong_title: str = "") -> str:
    """``wrong_title``: what somebody typed as a name that it cannot have."""
    seen = current()
    try:
        if seen.proposal.is_open:
            found = outlook(site().runtime, drafter(), seen.proposal, seen.sources, now())
        else:
            found = achieved(drafter(), seen.proposal, seen.sources, seen.base)
    except TooHeavySourcesError as error:
        return page("changes.html", seen, outlook=None, fault=fault or refusal(error), count=counted(None))
    files = sorted(one for one in {*seen.base, *seen.sources} if seen.base.get(one) != seen.sources.get(one))
    return page(
        "changes.html",
        seen,
        outlook=found,
        fault=fault,
        judged=found.judged,
        about=remarks(seen, found.judged),
        count=counted(found.judged),
        changed_files=files,
        wrong_title=wrong_title,
        public=_public(seen, found),
        every_name={one.name: department_name(one) for one in found.judged.departments},
        groups=_alike(found),
        stale=newly_stale(seen, found.judged),
        examples=_examples(seen, found.judged),
        asked_to_agree=seen.proposal.id in {one.id for one in to_approve()},
        mine=me().name,
        kept=request.args.get("gedaan", "") == "gewijzigd" and not fault,
    )


@dataclass(frozen=True)
class _PublicReport:
    """What a proposal changes of what the public reads of a report. ``fallen``: the tables that fall out because of
    small numbers; None: nobody counted that."""

    name: str
    title: str
    changes: PublicChanges
    fallen: tuple[PublicTable, ...] | None


def _public(seen: SeenProposal, found: Outlook) -> list[_PublicReport]:
    """Return what the public would read otherwise, of each report that changes: whoever agrees on it has to know."""
    before = judged_files(seen, seen.base) if seen.base and found.judged.is_sound and found.counts else None
    if before is None or not before.is_sound:
        return []
    told = []
    # Also those that nobody uses any more.
    for name, title in {**_titles(before, found), **dict(reports_changed(found))}.items():
        changes = _public_changes(name, before, found.judged)
        fallen = _fallen(seen, found, name) if changes.new and seen.proposal.is_open else None
        told.append(_PublicReport(name, title, changes, fallen))
    return told


def _titles(before: Judged, found: Outlook) -> dict[str, str]:
    every = ((name, one) for of in before.departments for name, one in of.document.get("reports", {}).items())
    return {name: str(one["name"]) for name, one in every if name in found.counts}


def _public_changes(name: str, before: Judged, after: Judged) -> PublicChanges:
    was = {one.name: one for one in before.departments}
    pairs: dict[str, tuple[Department | None, Department]] = {}
    for one in after.departments:
        sides = (was.get(one.name), one)
        # Departments have most of their reports in common.
        said = [side.document.get("reports", {}).get(name) if side else None for side in sides]
        pairs.setdefault(repr(said), sides)
    return together(public_changes(*(_report(name, one) for one in sides)) for sides in pairs.values())


def _report(name: str, of: Department | None) -> Report | None:
    return build_agreement(of.document, of.places).reports.get(name) if of else None


def _fallen(seen: SeenProposal, found: Outlook, name: str) -> tuple[PublicTable, ...] | None:
    documents = {one.name: one.document for one in found.judged.departments}
    asked = (seen.proposal.organisation, name)
    preview = preview_of(site().runtime, me(), now(), asked, documents, _FALLEN)
    return preview.fallen if preview else None


def _examples(seen: SeenProposal, found: Judged) -> ExampleChanges | None:
    """Return what becomes of the examples; None: nobody could look."""
    before = judged_files(seen, seen.base) if seen.base else None
    if before is None or not before.is_sound or not found.is_sound:
        return None
    return example_changes(
        [one.document for one in before.departments], [one.document for one in found.departments]
    )


@dataclass(frozen=True)
class _Group:
    """Departments for which the same changes."""

    names: list[str]
    effect: Effect


def _alike(found: Outlook) -> list[_Group]:
    names = {one.name: one for one in found.judged.departments}
    groups: list[_Group] = []
    for effect in found.changed:
        name = department_name(names[effect.department])
        same = next((one for one in groups if one.effect.difference == effect.difference), None)
        if same is not None and effect.difference is not None:
            same.names.append(name)
        else:
            groups.append(_Group([name], effect))
    return groups


def _told(entry: Entry) -> str:
    data = entry.data
    sentences: Mapping[Deed, str] = {
        Deed.BEGUN: _("begon dit voorstel: %(title)s", title=data.get("title", "")),
        Deed.CHANGED: data.get("what") or _("wijzigde bestanden"),
        Deed.UNDONE: _("nam een wijziging terug"),
        Deed.REDONE: _("deed opnieuw wat teruggenomen was"),
        Deed.RENAMED: _("noemde het: %(title)s", title=data.get("title", "")),
        Deed.BROUGHT_UP_TO_DATE: _("nam over wat intussen gepubliceerd was"),
        Deed.COMMENTED: _("zei: %(text)s", text=data.get("text", "")),
        Deed.SETTLED: _("sloot een opmerking"),
        Deed.AGREED: _("ging akkoord"),
        Deed.WITHDRAWN: _("is niet langer akkoord"),
        Deed.HOLDS: _(
            "zei dat de vertaling (%(language)s) nog klopt: %(text)s",
            language=data.get("language", ""),
            text=data.get("text", ""),
        ),
        Deed.DISCARDED: _("trok het voorstel in"),
        Deed.PUBLISHED: _("publiceerde het"),
    }
    return sentences[Deed(entry.deed)]
