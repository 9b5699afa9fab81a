"""Reports in a register: what is being written for one, and those that are kept as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gehoor.services.ports.records import from_document, to_document
from gehoor.services.ports.store import Where
from gehoor.services.register.register import Register

_TABLE: Final = "reports"
DRAFT: Final = "draft"
KEPT: Final = "kept"
ASSESSMENT: Final = "assessment"
"""What people answered of a standard: its texts are those answers, by requirement."""


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report of an organisation over a year: of all its departments, or of one.

    ``texts``: what was written, each with who wrote it (an account) and when (UTC text): of a draft by the key of a
    chapter, of one that is kept by the ``id`` that the chapter has in it; ``internal_texts``: the same of what is for
    the internal version alone. Of one that is kept, ``tables`` are those of the internal version, ``public`` those of
    the public one, and ``before`` those of the year before; ``agreements`` the agreements (hashes) by department that
    it was made from; ``digest`` the hash of all it says. ``approval`` and ``withdrawal`` were said of it later, and are
    no part of that.
    """

    id: str
    organisation: str
    report: str
    year: int
    state: str
    name: str
    department: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    internal_texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    chapters: tuple[Mapping[str, Any], ...] = ()
    tables: tuple[Mapping[str, Any], ...] = ()
    public: tuple[Mapping[str, Any], ...] = ()
    before: tuple[Mapping[str, Any], ...] = ()
    agreements: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    least: int = 0
    made_by: str = ""
    made_as: str = ""
    """As what they worked: the names of their roles."""
    made_at: str = ""
    source: str = ""
    certainty: str = ""
    language: str = ""
    digest: str = ""
    first: str = ""
    """The first local day (ISO) that is counted of all that was looked at, and that on which the first agreements took
    effect (``since``): an earlier Gehoor kept neither."""
    since: str = ""
    interim: bool = False
    """Whether it was kept while its year still ran: then it counts what existed for who made it."""
    approval: Mapping[str, str] = field(default_factory=dict)
    """Who approved it (``who``, a text) on which local day (``on``), with who noted that (``by``) and when (``at``)."""
    withdrawal: Mapping[str, str] = field(default_factory=dict)
    """Why it is withdrawn (``why``), with who did that (``by``) and when (``at``)."""


def draft_id(organisation: str, report: str, year: int, departments: Iterable[str]) -> str:
    """Return what a draft is called: there is one of each, and who makes it of other departments writes another."""
    return "/".join(("draft", organisation, report, str(year), *sorted(departments)))


def drafted_departments(record: ReportRecord) -> tuple[str, ...]:
    """Return the departments (``organisation/department``) that a draft is of."""
    before = draft_id(record.organisation, record.report, record.year, ())
    parts = record.id.removeprefix(before).strip("/").split("/")
    return tuple(map("/".join, zip(parts[::2], parts[1::2], strict=False)))


def drafts_of(register: Register, like: ReportRecord) -> list[ReportRecord]:
    """Return the other drafts of the report and the year of a draft."""
    where = Where({"organisation": like.organisation, "state": DRAFT}, sound_only=True)
    found = [from_document(ReportRecord, one) for one in register.tables.select(_TABLE, where=where)]
    same = (like.report, like.year)
    return sorted(
        (one for one in found if (one.report, one.year) == same and one.id != like.id),
        key=lambda one: one.id,
    )


def report_record(register: Register, name: str) -> ReportRecord | None:
    """Return a report, or what is written for one."""
    document = register.tables.get(_TABLE, name)
    return from_document(ReportRecord, document) if document else None


def read_inside(text: str, internal: str) -> str:
    """Return what the internal version says in a chapter: what all may read, and what is there for it alone."""
    return "\n\n".join(filter(None, (text, internal)))


def kept_texts(record: ReportRecord, *, public: bool) -> dict[int, Mapping[str, str]]:
    """Return what is written in a kept report, by the place (from 0) of its chapter. ``public``: without what stands in
    chapters that are internal.

    An earlier Gehoor kept texts by what chapters are called. Where an internal chapter is called as another one, nobody
    knows for which of them a text was written: then it is internal."""
    internal = {one["title"] for one in record.chapters if one["internal"]}
    found = {}
    for place, one in enumerate(record.chapters):
        hidden = one["internal"] or ("id" not in one and one["title"] in internal)
        key = one.get("id", one["title"])
        if key in record.texts and not (hidden if public else hidden and not one["internal"]):
            found[place] = record.texts[key]
    return found


def save_report(register: Register, record: ReportRecord) -> None:
    """Keep a report, or what is written for one."""
    register.tables.put(_TABLE, record.id, to_document(record))


def kept_reports(register: Register, organisation: str) -> list[ReportRecord]:
    """Return the reports of an organisation that are kept, the latest first."""
    where = Where({"organisation": organisation, "state": KEPT}, sound_only=True)
    found = [from_document(ReportRecord, one) for one in register.tables.select(_TABLE, where=where)]
    return sorted(found, key=lambda one: (one.year, one.made_at, one.id), reverse=True)
