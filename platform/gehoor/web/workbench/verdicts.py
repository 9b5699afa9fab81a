"""What is said of a sheet: at which control, what the agreement says of it in plain language, and what would be wrong
with an answer; and of a proposal, what it brings apart from what was so before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from gehoor.core.agreement.parse import build_agreement
from gehoor.core.proposals.sheets import Sheet, Untold
from gehoor.core.proposals.sources import department_of
from gehoor.services.ports.drafting import Judged, NoSuchPlaceError, Told, TooHeavySourcesError
from gehoor.services.proposals.looking import SeenProposal, Vacancy, vacant_roles
from gehoor.web.request.languages import said
from gehoor.web.request.site import site
from gehoor.web.workbench.places import Steps
from gehoor.web.workbench.shown import current, drafter, judged_files

_MOST = 20


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What would be wrong: the sentence at the control ``word`` (empty: at none), and what else, by control."""

    word: str
    sentence: str
    told: Mapping[str, Sequence[Told]]


def sentences_about(found: Judged | None, sheet: Sheet) -> list[str]:
    """Return what the agreement says of a thing in plain language, as the department of its file has it, else the
    first."""
    subject = sheet.subject
    if not subject or not found or not found.departments:
        return []
    own = department_of(sheet.file)
    first = next((one for one in found.departments if one.name == own), found.departments[0])
    agreement = build_agreement(first.document, first.places)
    whole = said().agreements.whole(agreement)
    return [
        sentence.text
        for chapter in whole
        for item in chapter.items
        for sentence in item.sentences
        if sentence.key == subject or sentence.key.startswith(f"{subject}/")
    ]


def told_by_control(found: Judged | None, sheet: Sheet) -> Mapping[str, list[Told]]:
    """Return what is said of the lines of a sheet, by the keyword that it is about; without one: of all of it."""
    told = [one for one in (found.told if found else ()) if sheet.holds(one.file, one.line)]
    by_control: dict[str, list[Told]] = {}
    for one in told[:_MOST]:
        by_control.setdefault(_keyword(one, sheet), []).append(one)
    return by_control


def _keyword(one: Told, sheet: Sheet) -> str:
    asked = next((word for word in one.asks if any(more.word == word for more in sheet.more)), "")
    if asked:
        return asked
    before = [
        (control.line, control.column, control.word)
        for control in sheet.controls
        if control.line and (control.line, control.column) <= (one.line, one.column)
    ]
    return max(before, default=(0, 0, ""))[2]


def as_data(told: Iterable[Told]) -> list[dict[str, object]]:
    """Return what is said as a page's script reads it."""
    return [{"sentence": one.sentence, "serious": one.serious} for one in told]


def mistakes_of(
    before: Mapping[str, bytes], after: Mapping[str, bytes], file: str, path: Steps
) -> Mistakes | None:
    """Return what would be wrong with files that was not; None: nothing, nobody could look, or something that was wrong
    is right with it, behind which more can appear."""
    seen = current()
    was, found = judged_files(seen, before), judged_files(seen, after)
    if was is None or found is None or found.is_sound:
        return None
    told_before, told_after = Counter(map(_as_told, _serious(was))), Counter(map(_as_told, _serious(found)))
    if told_before - told_after:
        return None
    fresh = told_after - told_before
    told = tuple(one for one in _serious(found) if _as_told(one) in fresh)
    if not told:
        return None
    try:
        sheet = drafter().sheet(after, seen.proposal.organisation, file, path, grows=True)
        by_control = dict(told_by_control(Judged(told, ()), sheet))
    except (NoSuchPlaceError, TooHeavySourcesError):
        by_control = {}
    word = next((one for one in by_control if one), "")
    first = by_control.pop(word)[0] if word else told[0]
    sentence = _("Dit kan zo niet, en is niet bewaard. %(why)s", why=first.sentence)
    return Mistakes(word, str(sentence), by_control)


def _serious(found: Judged) -> list[Told]:
    return [one for one in found.told if one.serious]


def _as_told(one: Told) -> tuple[str, str, str]:
    """Return by what a mistake is the same when it stands on another line."""
    return one.file, one.code, one.sentence


_UNTOLD = "vertaling-onvolledig"


@dataclass(frozen=True)
class Untranslated:
    """Texts that miss a translation in the same languages (their codes)."""

    languages: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Remarks:
    """What is to be said. ``own``: what the proposal brings; ``earlier``: what was so already; ``untold``: the texts of
    the proposal that miss a translation; ``untold_earlier``: how many others do; ``vacant``, ``vacant_earlier``: the
    roles that nobody has."""

    own: tuple[Told, ...] = ()
    earlier: tuple[Told, ...] = ()
    untold: tuple[Untranslated, ...] = ()
    untold_earlier: int = 0
    vacant: tuple[Vacancy, ...] = ()
    vacant_earlier: tuple[Vacancy, ...] = ()


def remarks(seen: SeenProposal, found: Judged | None) -> Remarks:
    """Return what is to be said of the files of a proposal."""
    if found is None:
        return Remarks()
    # What was published without its files has nothing to compare with: then all of it is the proposal's.
    before = judged_files(seen, seen.base) if seen.base else None
    known = {_as_told(one) for one in before.told} if before else set()
    fresh, stood = _untold(seen) if found.is_sound else ([], 0)
    told = [one for one in found.told if one.code != _UNTOLD or not (fresh or stood)]
    vacant = vacant_roles(site().runtime, seen.proposal.organisation, found)
    was = (
        {
            one.role: set(one.departments)
            for one in vacant_roles(site().runtime, seen.proposal.organisation, before)
        }
        if before
        else {}
    )
    return Remarks(
        tuple(one for one in told if one.serious or _as_told(one) not in known),
        tuple(one for one in told if not one.serious and _as_told(one) in known),
        _grouped(fresh),
        stood,
        tuple(one for one in vacant if not _stood(one, was)),
        tuple(one for one in vacant if _stood(one, was)),
    )


def _stood(one: Vacancy, was: dict[str, set[str]]) -> bool:
    """Say whether nobody had a role before, in the same departments."""
    return one.role in was and (not was[one.role] or set(one.departments) <= was[one.role])


def _untold(seen: SeenProposal) -> tuple[list[Untold], int]:
    """Return the texts of a proposal that miss a translation, and how many others do."""
    organisation = seen.proposal.organisation
    try:
        now = drafter().untold(seen.sources, organisation)
        before = drafter().untold(seen.base, organisation) if seen.base else ()
    except TooHeavySourcesError:
        return [], 0
    known = {(one.language, one.text) for one in before}
    fresh = [one for one in now if (one.language, one.text) not in known]
    return fresh, len({one.text for one in now if (one.language, one.text) in known})


def _grouped(untold: list[Untold]) -> tuple[Untranslated, ...]:
    languages: dict[str, dict[str, None]] = {}
    for one in untold:
        languages.setdefault(one.text, {})[one.language] = None
    texts: dict[tuple[str, ...], list[str]] = {}
    for text, codes in languages.items():
        texts.setdefault(tuple(codes), []).append(text)
    return tuple(Untranslated(codes, tuple(found)) for codes, found in texts.items())
