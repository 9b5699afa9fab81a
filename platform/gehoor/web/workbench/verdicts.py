"""What is said of a sheet: at which control, and what the agreement says of it in plain language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gehoor.core.agreement.parse import build_agreement
from gehoor.core.proposals.sheets import Sheet
from gehoor.core.proposals.sources import department_of
from gehoor.services.ports.drafting import Judged, Told
from gehoor.web.request.languages import said

_MOST = 20


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
