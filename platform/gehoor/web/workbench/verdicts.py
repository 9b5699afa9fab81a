"""What is said of a sheet: at which control, what the agreement says of it in plain language, and what would be wrong
with an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from gehoor.core.agreement.parse import build_agreement
from gehoor.core.proposals.sheets import Sheet
from gehoor.core.proposals.sources import department_of
from gehoor.services.ports.drafting import Judged, NoSuchPlaceError, Told, TooHeavySourcesError
from gehoor.web.request.languages import said
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
    told_before, told_after = Counter(map(_known, _serious(was))), Counter(map(_known, _serious(found)))
    if told_before - told_after:
        return None
    fresh = told_after - told_before
    told = tuple(one for one in _serious(found) if _known(one) in fresh)
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


def _known(one: Told) -> tuple[str, str, str]:
    """Return by what a mistake is the same when it stands on another line."""
    return one.file, one.code, one.sentence
