"""An answer before it is kept: what is asked of something that comes, and what would be wrong with the agreements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from gehoor.core.proposals.conversation import Stand, Where
from gehoor.core.proposals.sheets import Control, Kind, Sheet
from gehoor.services.ports.drafting import Judged, NoSuchPlaceError, Told, TooHeavySourcesError
from gehoor.web.workbench.given import given_in
from gehoor.web.workbench.places import Steps
from gehoor.web.workbench.shown import current, drafter, judged_files
from gehoor.web.workbench.verdicts import told_by_control

_TYPED: Final = frozenset(
    {Kind.TEXT, Kind.LONG, Kind.NUMBER, Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.LINES}
)
"""What is filled in at once; anything else has a place of its own, once the thing is there."""


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What would be wrong: the sentence at the control ``word`` (empty: at none), and what else, by control."""

    word: str
    sentence: str
    told: Mapping[str, Sequence[Told]]


def asked_at_once(where: Where, stand: Stand, sheet: Sheet) -> tuple[Control, ...]:
    """Return what is asked beside the name of a thing that comes: what nobody but who adds it can say. It is empty:
    what stands there would pass for an answer."""
    if where.part:
        return ()
    asked = {one.keyword: True for one in sheet.fresh if one.required}
    if where.adding is not None and (stand.grows or not where.each):
        asked = {one.removesuffix("?"): not one.endswith("?") for one in where.adding}
    begun = where.begin if stand.grows else {}
    of = {one.keyword: one for one in sheet.fresh if one.kind in _TYPED}
    return tuple(
        replace(of[one], required=needed) for one, needed in asked.items() if one in of and one not in begun
    )


def typed_at_once(
    asked: Sequence[Control], sheet: Sheet, form: MultiDict[str, str]
) -> tuple[dict[str, list[str]], str]:
    """Return what was typed of a thing that comes, and the first keyword at which something has to be said (empty:
    nothing is missing)."""
    given = given_in(replace(sheet, controls=tuple(asked), more=()), form)
    wanting = (one.word for one in asked if one.required and not any(map(str.strip, given.get(one.word, ()))))
    return given, next(wanting, "")


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
