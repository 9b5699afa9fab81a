"""Afspreken en publiceren: comments, who agrees by name, and letting it come into force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.proposals.proposal import Deed, Entry
from gehoor.core.proposals.sheets import FileOutline, Shape
from gehoor.core.proposals.sources import department_of
from gehoor.services.agreements.publishing import (
    Validity,
)
from gehoor.services.ports.drafting import Told, TooHeavySourcesError
from gehoor.services.proposals import discussing
from gehoor.services.proposals.bringing_in import (
    Wanted,
    publish_proposal,
)
from gehoor.services.proposals.discussing import OtherFilesError
from gehoor.services.proposals.first_people import appointing
from gehoor.services.proposals.outlook import Outlook, achieved, outlook, unfinished
from gehoor.services.register.codes_in_texts import fitting_without_codes
from gehoor.web.display.absences import typed_day
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, to_approve
from gehoor.web.security.text_room import text_room
from gehoor.web.workbench.places import in_address
from gehoor.web.workbench.shown import (
    NOT_PUBLISHED,
    REFUSALS,
    counted,
    current,
    department_name,
    drafter,
    full_name,
    missing_sentence,
    newly_stale,
    page,
    refusal,
    why_not_published,
)
from gehoor.web.workbench.verdicts import remarks

pages = Blueprint("proposal_agreeing", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>")

Answer: TypeAlias = "Response | str | tuple[str, int]"
_READING = {"lezen": "proposal_reading.read", "brieven": "proposal_reading.letters"}
"""Where people go on reading after they said something there."""


@pages.get("/afspreken")
@allow(Policy.PROPOSAL)
def show(proposal: str) -> str:
    """Show who agrees, what was said, and what publishing would do."""
    return _page("")


@pages.post("/opmerking")
@allow(Policy.PROPOSAL)
@text_room(tekst=discussing.LONGEST)
def comment(proposal: str) -> Answer:
    """Say something about the proposal, or about one of its sentences."""
    text = fitting_without_codes(site().runtime, request.form.get("tekst", ""), discussing.LONGEST)
    if not text:
        return _page(_("Schrijf eerst uw opmerking.")), 422
    about = request.form.get("bij", "")
    try:
        after = discussing.comment(site().runtime, proposal, text, me().name, now(), about)
    except discussing.TooManyCommentsError:
        return _page(
            _("Over dit voorstel staan er al zeer veel opmerkingen. Begin er een nieuw, of overleg.")
        ), 409
    except REFUSALS as error:
        return _page(refusal(error)), 409
    if (room := _READING.get(request.form.get("terug", ""))) is not None:
        of: dict[str, Any] = {one: request.form[one] for one in ("afdeling", "taal") if one in request.form}
        there = f"opmerking-{after.comments[-1].number}"
        return redirect(url_for(room, proposal=proposal, **of, bewaard=1, _anchor=there), 303)
    return redirect(url_for(".show", proposal=proposal, _anchor="opmerkingen"), 303)


@pages.post("/opmerking/<int:number>/klaar")
@allow(Policy.PROPOSAL)
def settle(proposal: str, number: int) -> Answer:
    """Say that a comment is dealt with."""
    try:
        discussing.settle(site().runtime, proposal, number, me().name, now())
    except REFUSALS as error:
        return _page(refusal(error)), 409
    return redirect(url_for(".show", proposal=proposal, _anchor="opmerkingen"), 303)


@pages.post("/akkoord")
@allow(Policy.PROPOSAL)
def agree(proposal: str) -> Answer:
    """Agree with exactly what stood on the page, or no longer."""
    runtime, name = site().runtime, me().name
    try:
        if request.form.get("antwoord") == "nee":
            discussing.withdraw(runtime, proposal, name, now())
        else:
            discussing.agree(runtime, proposal, request.form.get("gezien", ""), name, now())
    except OtherFilesError:
        return _page(_("Het voorstel is intussen veranderd. Lees het opnieuw voor u akkoord gaat.")), 409
    except REFUSALS as error:
        return _page(refusal(error)), 409
    return redirect(url_for(".show", proposal=proposal), 303)


@pages.post("/publiceren")
@allow(Policy.PROPOSAL)
def publish(proposal: str) -> Answer:
    """Let the proposal come into force, and write its files back where they came from."""
    typed = request.form.get("vanaf", "").strip()
    day = typed_day(typed)
    if typed and day is None:
        return _page(_("Geef een dag, of laat dit leeg: dan geldt het vanaf vandaag.")), 422
    wanted = Wanted(proposal, request.form.get("gezien", ""), Validity(day), "toch" in request.form)
    try:
        publish_proposal(site().runtime, drafter(), wanted, me().name, now())
    except (*REFUSALS, *NOT_PUBLISHED) as error:
        return _page(why_not_published(error)), 409
    return redirect(url_for(".show", proposal=proposal, gedaan="gepubliceerd", map=_written_back()), 303)


def _written_back() -> str:
    """Write the published files in the folder they came from; return how that went."""
    folder, seen = site().folder, current()
    if folder is None or seen.proposal.organisation not in folder.organisations():
        return ""
    try:
        others = folder.write(seen.base, seen.sources)
    except OSError:
        return "niet"
    return "intussen-gewijzigd" if others else "ja"


def _names(found: Outlook | None) -> list[str]:
    known = {one.name: department_name(one) for one in found.judged.departments} if found else {}
    return [known[one.department] for one in found.changed] if found else []


def _unfinished(found: Outlook | None) -> list[tuple[str, Told, str]]:
    """Return what is still to be written, each with what it stands in, as people know it, and where it is filled in."""
    lines = unfinished(found.judged) if found else ()
    if not found or not lines:
        return []
    letters = {
        name: str(letter["name"])
        for department in found.judged.departments
        for name, letter in department.document.get("correspondence", {}).items()
    }
    seen = current()
    called: dict[str, str] = {}
    outlines: dict[str, FileOutline] = {}
    for one in drafter().outline(seen.sources, seen.proposal.organisation):
        outlines[one.file] = one
        stem = one.file.rpartition("/")[2].partition(".")[0]
        name = letters.get(stem, stem.replace("-", " ").capitalize())
        called[one.file] = str(_("Brief: %(name)s", name=name)) if one.kind == "letter" else one.title
    return [(called.get(one.file, one.file), one, _form_of(outlines.get(one.file), one)) for one in lines]


def _form_of(outline: FileOutline | None, one: Told) -> str:
    """Return where what stands at a line is filled in as a form."""
    path = in_address(outline.path_at(one.line)) if outline else []
    return url_for("proposal_editing.show", proposal=current().proposal.id, file=one.file, p=path)


def _later(entries: Sequence[Entry]) -> str:
    """Return the day on which a proposal that was published comes into force, where that is still to come."""
    days = [str(one.data.get("valid_from", "")) for one in entries if one.deed == Deed.PUBLISHED]
    day = date.fromisoformat(days[-1]) if days and days[-1] else None
    return said().formats.day(day) if day is not None and day > now().date() else ""


def _approves_later(found: Outlook | None) -> list[str]:
    """Return the roles (names) that approve by the files of a proposal themselves: that counts for the next one."""
    roles: dict[str, None] = {}
    for one in found.judged.departments if found else ():
        named = one.document.get("rights", {}).get(Action.APPROVE.value, ())
        roles.update(dict.fromkeys(str(one.document["roles"][role]["name"]) for role in named))
    return list(roles)


def _called(names: Sequence[str]) -> list[str]:
    return sorted(map(full_name(), names), key=str.casefold)


def _planned(found: Outlook | None) -> list[tuple[str, str]]:
    """Return the days on which something else comes into force that this would take the place of, each with for
    whom."""
    known = {one.name: department_name(one) for one in found.judged.departments} if found else {}
    days: dict[date, list[str]] = {}
    for department, day in found.planned.items() if found else ():
        days.setdefault(day, []).append(known[department])
    return [(said().formats.day(day), ", ".join(names)) for day, names in sorted(days.items())]


def _bereft(found: Outlook | None) -> list[tuple[str, list[str]]]:
    """Return the roles that are no more, each with the people who have it."""
    name = full_name()
    gone: dict[str, dict[str, None]] = {}
    for effect in found.changed if found else ():
        for role, people in effect.bereft:
            gone.setdefault(role, {}).update(dict.fromkeys(map(name, people)))
    return [(role, list(people)) for role, people in gone.items()]


def _still_agreed(found: Outlook | None) -> list[tuple[str, date | None, str]]:
    """Return who agreed and when, as the website would say of a change to which that may not apply any more, and where
    it is changed. What is only counted stands on no website."""
    if found is None or not found.judged.is_sound or found.at_once or not found.changed:
        return []
    changed = {effect.department for effect in found.changed}
    places = _agreed_places()
    told = []
    for one in found.judged.departments:
        complaint = build_agreement(one.document, one.places).complaint
        if one.name in changed and complaint.agreed_by:
            place = places.get(one.name, places.get("", ""))
            told.append((", ".join(complaint.agreed_by), complaint.agreed_on, place))
    return list(dict.fromkeys(told))


def _agreed_places() -> dict[str, str]:
    """Return where it is filled in who agreed and when: of departments that say it for themselves by name, of all
    others by an empty one."""
    seen = current()
    sources, organisation = seen.sources, seen.proposal.organisation
    outlines = drafter().outline(sources, organisation)
    found: dict[str, str] = {}
    for outline in (one for one in outlines if one.kind in ("complaint", "department")):
        for section in outline.sections:
            if section.shape is not Shape.GROUP:
                continue
            sheet = drafter().sheet(sources, organisation, outline.file, (section.word,))
            agreed = next((one for one in sheet.controls if one.keyword == "agreed" and one.present), None)
            if agreed is not None:
                path = in_address((section.word, agreed.word))
                form = url_for("proposal_editing.show", proposal=seen.proposal.id, file=outline.file, p=path)
                found[department_of(outline.file) or ""] = form
    return found


def _reached() -> Outlook | None:
    """Return what a proposal that was published changed; None where nobody can look now."""
    seen = current()
    try:
        return achieved(drafter(), seen.proposal, seen.sources, seen.base)
    except TooHeavySourcesError:
        return None


def _page(fault: str) -> str:
    seen = current()
    try:
        found = outlook(site().runtime, drafter(), seen.proposal, seen.sources, now())
    except TooHeavySourcesError as error:
        found, fault = None, fault or refusal(error)
    done = request.args.get("gedaan", "")
    reached = _reached() if done == "gepubliceerd" and not seen.proposal.is_open else None
    return page(
        "agreeing.html",
        seen,
        outlook=found,
        fault=fault,
        count=counted(found.judged if found else None),
        names=_names(found),
        planned=_planned(found),
        later=_later(seen.entries),
        bereft=_bereft(found),
        unfinished=_unfinished(found),
        publishers=_called(found.agreeing.publish) if found else [],
        approvers=_called(found.agreeing.approve) if found else [],
        wrote=_called(found.agreeing.wrote) if found else [],
        approves_later=_approves_later(found),
        so="toch" in request.form,
        nothing=seen.sources == seen.base and not seen.is_overtaken,
        still_agreed=_still_agreed(found),
        stale=newly_stale(seen, found.judged if found else None),
        every_name={one.name: department_name(one) for one in found.judged.departments} if found else {},
        about=remarks(seen, found.judged if found else None),
        appointing=appointing(site().runtime, seen.proposal.organisation, me().name, now()),
        missing=missing_sentence(found.missing) if found and found.missing else "",
        may_agree=seen.rights.any(Action.APPROVE) or seen.rights.any(Action.PROPOSE),
        may_publish=seen.rights.any(Action.PUBLISH),
        mine=me().name,
        asked_to_agree=seen.proposal.id in {one.id for one in to_approve()},
        done=done,
        reached=reached,
        at_once=reached is not None and reached.at_once,
        in_folder=request.args.get("map", ""),
    )
