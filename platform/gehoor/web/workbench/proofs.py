"""Voorbeelden, Vergelijken and Vertalen: what shows that agreements do what they say, how departments and versions
differ, and what is still to be said in other languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TypeAlias

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.proposals.sheets import FileOutline, Section, Untold
from gehoor.core.proposals.stale_translations import Stale
from gehoor.services.agreements.comparison import Comparison, compare
from gehoor.services.ports.drafting import Act, Judged, SheetEdit, SheetRefusedError, TooHeavySourcesError
from gehoor.services.proposals.changing import Edit, change_files
from gehoor.services.proposals.looking import SeenProposal
from gehoor.services.proposals.translating import say_it_holds, stale_in
from gehoor.services.register.register import reading
from gehoor.services.register.validity import valid_from
from gehoor.web.display.example_words import example_changes
from gehoor.web.display.filters import utc_moment
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.workbench.places import in_address
from gehoor.web.workbench.shown import (
    REFUSALS,
    counted,
    current,
    department_name,
    drafter,
    is_shared,
    judged,
    judged_files,
    may_change_file,
    page,
    refusal,
)

pages = Blueprint("proposal_proofs", __name__, url_prefix="/medewerker/werkplaats/voorstel/<proposal>")

Answer: TypeAlias = "Response | str | tuple[str, int]"
_MOST = 60
_LONGEST = 2000
_EXAMPLES = ("voorbeelden", "examples")
"""The word under which examples stand, in each language of files."""


@pages.get("/voorbeelden")
@allow(Policy.PROPOSAL)
def examples(proposal: str) -> str:
    """Show the examples, with the rules that each shows, and the rules that none shows."""
    seen = current()
    found = judged(seen)
    try:
        shown = dict(drafter().examples(seen.sources, seen.proposal.organisation))
    except TooHeavySourcesError:
        shown = {}
    names = {one.name: department_name(one) for one in found.departments} if found else {}
    wanted, fresh = request.args.get("afdeling", ""), _fresh_cases(seen, found)
    with_fresh = (name for name, one in shown.items() if any(case.case in fresh for case in one.shown))
    chosen = wanted if wanted in shown else next(with_fresh, next(iter(shown), ""))
    failing = [one for one in found.told if one.code == "voorbeeld-faalt"] if found else []
    files = _rule_files(seen)
    return page(
        "examples.html",
        seen,
        shown=shown.get(chosen),
        chosen=chosen,
        fresh=fresh,
        names=names,
        failing=[(one, _example_at(seen, files, one.file, one.line)) for one in failing],
        to_example=lambda one: _example_at(seen, files, one.file, one.line),
        rule_name=lambda rule: _rule_called(files, rule),
        rule_names=lambda rules: "; ".join(str(_rule_called(files, one)) for one in rules),
        add_to=_added_to(seen, files),
        judged=found,
        count=counted(found),
    )


def _fresh_cases(seen: SeenProposal, found: Judged | None) -> set[str]:
    """Return the examples that a proposal brings or changes; of what is all new, none stands out."""
    before = judged_files(seen, seen.base) if seen.base else None
    if found is None or before is None:
        return set()
    changes = example_changes(
        [one.document for one in before.departments], [one.document for one in found.departments]
    )
    return {one.case for one in (*changes.new, *changes.changed)}


def _rule_files(seen: SeenProposal) -> list[FileOutline]:
    """Return the files with rules, those of the organisation itself first."""
    try:
        found = drafter().outline(seen.sources, seen.proposal.organisation)
    except TooHeavySourcesError:
        return []
    rules = [one for one in found if one.kind == "rules"]
    return sorted(rules, key=lambda one: is_shared(seen, one.file))


def _examples_in(file: FileOutline) -> Section | None:
    return next((one for one in file.sections if one.word in _EXAMPLES), None)


def _example_at(seen: SeenProposal, files: list[FileOutline], file: str, line: int) -> str:
    """Return where an example is seen that stands at a line of a file; empty: nobody knows."""
    section = next((_examples_in(one) for one in files if one.file == file), None)
    items = [one for one in section.items if one.line <= line] if section else []
    if not items or section is None:
        return ""
    path = in_address((section.word, items[-1].step))
    return url_for("proposal_editing.show", proposal=seen.proposal.id, file=file, p=path)


def _rule_called(files: list[FileOutline], rule: str) -> str:
    """Return how people know a rule or a row of a table, by what it says."""
    name, row = (*rule.split("/", 1), "")[:2]
    for section in (section for one in files for section in one.sections if section.word not in _EXAMPLES):
        for item in section.items:
            if item.step == name:
                return str(_("%(table)s, rij %(row)s", table=item.title, row=row)) if row else item.title
    return rule


def _added_to(seen: SeenProposal, files: list[FileOutline]) -> str:
    """Return where another example is added; empty: nowhere that who is signed in may change."""
    own = [one for one in files if may_change_file(seen, one.file) and not is_shared(seen, one.file)]
    first = next((one for one in own if _examples_in(one)), own[0] if own else None)
    if first is None:
        return ""
    section = _examples_in(first)
    english = any(one.word in ("rules", "tables") for one in first.sections)
    word = section.word if section else _EXAMPLES[english]
    return url_for("proposal_editing.add", proposal=seen.proposal.id, file=first.file, p=[word], nieuw="ja")


@dataclass(frozen=True)
class _Version:
    key: str
    name: str
    agreement: Agreement


@pages.get("/vergelijken")
@allow(Policy.PROPOSAL)
def differences(proposal: str) -> str:
    """Show in sentences how two departments, or two versions, differ."""
    seen = current()
    found = judged(seen)
    versions = _versions(seen, found)
    first = _chosen(versions, request.args.get("een", ""), 0)
    second = _chosen(versions, request.args.get("ander", ""), 1)
    return page(
        "comparing.html",
        seen,
        versions=versions,
        first=first,
        second=second,
        comparison=_compared(first, second) if first and second else None,
        count=counted(found),
    )


def _compared(first: _Version, second: _Version) -> Comparison:
    """Return how two versions differ: of one department in time, of two beside each other."""
    names = first.agreement.department_name, second.agreement.department_name
    beside = first.agreement.department != second.agreement.department
    return compare(first.agreement, second.agreement, names if beside else ("", ""))


def _chosen(versions: list[_Version], key: str, usual: int) -> _Version | None:
    named = next((one for one in versions if one.key == key), None)
    return named or (versions[min(usual, len(versions) - 1)] if versions else None)


def _versions(seen: SeenProposal, found: Judged | None) -> list[_Version]:
    """Return the departments as they would become, and what was published for each."""
    made = [
        _Version(
            f"voorstel/{one.name}",
            str(_("%(department)s, in dit voorstel", department=department_name(one))),
            build_agreement(one.document, one.places),
        )
        for one in (found.departments if found else ())
    ]
    runtime, organisation = site().runtime, seen.proposal.organisation
    with reading(runtime.store) as register:
        for place in register.published_departments():
            if place[0] != organisation:
                continue
            for one in reversed(register.sound_publications(*place)):
                agreement = runtime.library.sound_agreement(register, one.agreement)
                if agreement is None:
                    continue
                name = _(
                    "%(department)s, vanaf %(day)s (gepubliceerd op %(moment)s)",
                    department=agreement.department_name,
                    day=said().formats.day(valid_from(one)),
                    moment=utc_moment(one.published_at),
                )
                made.append(_Version(f"{place[1]}/{one.sequence}", str(name), agreement))
    return made[:_MOST]


@pages.get("/vertalen")
@allow(Policy.PROPOSAL)
def translating(proposal: str) -> str:
    """Show the texts that lack a translation."""
    return _translating("")


@pages.post("/vertalen")
@allow(Policy.PROPOSAL)
def translate(proposal: str) -> Answer:
    """Keep a translation of a sentence."""
    seen, form = current(), request.form
    language, text = form.get("taal", ""), form.get("zin", "")[:_LONGEST]
    typed = " ".join(form.get("vertaling", "").split())[:_LONGEST]
    file = _who_we_are(seen)
    if not typed or not text or not language.isalpha() or file not in seen.sources:
        return _translating(str(_("Typ eerst de vertaling."))), 422
    wanted = SheetEdit(Act.SAY, file, (_word(seen, file), language), {"": [typed]}, text)
    try:
        if "waar" in form:
            here = _said_at(seen, form["waar"], language, text)
            if here is None:
                return _translating(str(_("Deze tekst staat er intussen anders. Lees hem opnieuw."))), 409
            *place, last = here.path
            wanted = SheetEdit(Act.SAY, here.file, tuple(place), {"": [typed]}, str(last))
        edited = drafter().edit(seen.sources, seen.proposal.organisation, wanted)
        what = _("vertaalde naar %(language)s: %(text)s", language=language, text=text[:60])
        edit = Edit(seen.proposal.id, seen.proposal.tree, edited.files, str(what))
        change_files(site().runtime, edit, me().name, now())
    except SheetRefusedError:
        fault = _("Dit stuk is zo geschreven dat het alleen in de tekst van het bestand kan veranderen.")
        return _translating(str(fault)), 422
    except REFUSALS as error:
        return _translating(refusal(error)), 409
    return redirect(url_for(".translating", proposal=proposal), 303)


@pages.post("/vertalen/klopt")
@allow(Policy.PROPOSAL)
def holds(proposal: str) -> Answer:
    """Say that a translation still says what its text says."""
    key = request.form.get("vertaling", "")
    one = next((one for one in _stale(current(), judged(current())) if one.key == key), None)
    if one is None:
        return _translating(str(_("Deze tekst of zijn vertaling is intussen anders. Lees ze opnieuw."))), 409
    try:
        say_it_holds(site().runtime, proposal, one, me().name, now())
    except REFUSALS as error:
        return _translating(refusal(error)), 409
    return redirect(url_for(".translating", proposal=proposal, _anchor="verouderd"), 303)


def _said_at(seen: SeenProposal, where: str, language: str, text: str) -> Untold | None:
    """Return a text that is translated where it stands, by its file and line."""
    found = drafter().untold(seen.sources, seen.proposal.organisation)
    asked = where, language, text
    return next((one for one in found if one.path and (_place(one), one.language, one.text) == asked), None)


def _place(one: Untold) -> str:
    return f"{one.file}:{one.line}"


def _stale(seen: SeenProposal, found: Judged | None) -> list[Stale]:
    documents = {one.name: one.document for one in found.departments} if found else {}
    with reading(site().runtime.store) as register:
        return stale_in(register, seen.proposal.organisation, documents)


def _who_we_are(seen: SeenProposal) -> str:
    """Return the file in which an organisation says who it is, and what its sentences are in other languages."""
    return f"definitions/{seen.proposal.organisation}/organisatie.yaml"


def _word(seen: SeenProposal, file: str) -> str:
    """Return the word under which sentences are translated, as the file has it."""
    found = drafter().outline({file: seen.sources[file]}, seen.proposal.organisation)
    words = {section.word for one in found for section in one.sections}
    return "translations" if "organisation" in words else "vertalingen"


def _translating(fault: str) -> str:
    seen = current()
    found = judged(seen)
    untold: tuple[Untold, ...] = ()
    try:
        untold = drafter().untold(seen.sources, seen.proposal.organisation)
    except TooHeavySourcesError as error:
        fault = fault or refusal(error)
    return page(
        "translating.html",
        seen,
        untold=untold[:_MOST],
        more=max(0, len(untold) - _MOST),
        stale=_stale(seen, found),
        totals=Counter(one.language for one in untold),
        mine=may_change_file(seen, _who_we_are(seen)),
        changes=lambda file: may_change_file(seen, file),
        sound=found is not None and found.is_sound,
        fault=fault,
        count=counted(found),
    )
