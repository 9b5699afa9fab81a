"""What another version of a report changes of what the public reads: the tables that come, and those that go.

By what is agreed alone: which tables fall out because of small numbers is only known once they are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from gehoor.core.reports.model import Report, ReportTable


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A table, as people know it: the title of its chapter and its own. ``key``: what its chapter is kept by."""

    chapter: str
    title: str
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PublicChanges:
    """The tables that come into the public version, those of the same name that count otherwise there, and those that
    drop out of it: ``inside`` stay in the internal version, ``gone`` are in neither."""

    comes: tuple[PublicTable, ...] = ()
    otherwise: tuple[PublicTable, ...] = ()
    inside: tuple[PublicTable, ...] = ()
    gone: tuple[PublicTable, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything changes."""
        return bool(self.comes or self.otherwise or self.inside or self.gone)

    @property
    def new(self) -> tuple[PublicTable, ...]:
        """Return the tables with which the public learns something new: beside them others may no longer be told."""
        return (*self.comes, *self.otherwise)


def public_changes(before: Report | None, after: Report | None) -> PublicChanges:
    """Return what a report (None: there is none) changes of what the public reads."""
    was, will_be = dict(_public(before)), dict(_public(after))
    counted_before, counted_after = set(was.values()), set(will_be.values())
    new = [one for one, bare in will_be.items() if bare not in counted_before]
    left = [one for one, bare in was.items() if bare not in counted_after]
    otherwise = [one for one in new if one in left]
    left = [one for one in left if one not in otherwise]
    inside = _every(after)
    return PublicChanges(
        tuple(one for one in new if one not in otherwise),
        tuple(otherwise),
        tuple(one for one in left if was[one] in inside),
        tuple(one for one in left if was[one] not in inside),
    )


def together(every: Iterator[PublicChanges]) -> PublicChanges:
    """Return the changes of several departments as one: each table once."""
    found: Mapping[str, dict[PublicTable, None]] = {
        name: {} for name in ("comes", "otherwise", "inside", "gone")
    }
    for one in every:
        for name, tables in found.items():
            tables.update(dict.fromkeys(getattr(one, name)))
    return PublicChanges(**{name: tuple(tables) for name, tables in found.items()})


def _public(report: Report | None) -> Iterator[tuple[PublicTable, ReportTable]]:
    for chapter in report.chapters if report else ():
        for table in chapter.tables:
            if not (chapter.internal or table.internal):
                yield PublicTable(chapter.title, table.title, chapter.key), _bare(table)


def _every(report: Report | None) -> frozenset[ReportTable]:
    return frozenset(_bare(one) for one in report.tables.values()) if report else frozenset()


def _bare(table: ReportTable) -> ReportTable:
    """Return a table by what it counts: what it is called and where it stands tells nobody a number."""
    return replace(
        table, id="", title="", explanation="", chart=None, internal=False, in_front=False, front_name=""
    )
