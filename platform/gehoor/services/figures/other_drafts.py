"""What was written of a report in drafts of other departments: nothing that was typed is out of sight.

A draft is of some departments. As soon as another one agrees on the report, or one no longer does, "all departments" is
another draft: what was written before stays where it was, and is shown beside the new one, to be taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gehoor.services.figures.looking import Looking
from gehoor.services.figures.offered_reports import Offered
from gehoor.services.figures.report_records import ReportRecord, drafted_departments, drafts_of


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """A draft of other departments (``organisation/department``, with their names), with its texts by chapter (its
    key). ``opens``: whether it can still be chosen as it is."""

    departments: Mapping[str, str]
    texts: Mapping[str, str]
    opens: bool


def other_drafts(seen: Looking, offered: Offered, here: ReportRecord) -> tuple[OtherDraft, ...]:
    """Return the other drafts of a report over the same year in which something is written that is not in this one, of
    departments in each of which whoever looks may make or read reports."""
    mine = {"/".join(place): agreement.department_name for place, agreement in seen.agreements.items()}
    found = []
    for one in drafts_of(seen.register, here):
        departments = drafted_departments(one)
        texts = {
            name: said["text"]
            for name, said in one.texts.items()
            if said["text"] and said["text"] != here.texts.get(name, {}).get("text")
        }
        if texts and mine.keys() >= set(departments):
            names = {key: mine[key] for key in departments}
            found.append(OtherDraft(names, texts, set(departments) <= offered.departments.keys()))
    return tuple(found)
