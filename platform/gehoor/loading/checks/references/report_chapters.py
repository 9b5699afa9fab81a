"""Each chapter of a report has a name of its own, by which what people write in it is kept, and so has each table."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.merge.source_map import Path


def chapter_problems(on: Subject) -> Iterator[Problem]:
    """Yield chapters that are called as another one of their report, or as another is called in the report that is
    adapted, and tables that are called as another table of their report."""
    for report, said in (on.whole.data.get("reports") or {}).items():
        path = ("reports", report, "chapters")
        names: dict[str, int] = {}
        keys: dict[str, int] = {}
        tables: dict[str, Path] = {}
        for index, chapter in enumerate(said.get("chapters") or ()):
            name = str(chapter.get("name", index))
            key = str(chapter.get("take", name))
            same = min(names.setdefault(name, index), keys.setdefault(key, index))
            if same != index:
                said_twice = name if names[name] != index else key
                yield _twice(on, "hoofdstuk-dubbel", said_twice, (*path, same), (*path, index))
            for number, table in enumerate(chapter.get("figures") or ()):
                here = (*path, index, "figures", number)
                title = str(table.get("name", ""))
                if title and tables.setdefault(title, here) != here:
                    yield _twice(on, "tabel-dubbel", title, tables[title], here)


def _twice(on: Subject, code: str, name: str, first: Path, second: Path) -> Problem:
    there = on.whole.spot((*first, "name")).value
    place = on.whole.spot((*second, "name")).value
    details = {"value": name, "first": f"{there.file}, regel {there.line}"}
    return Problem(place, code, details)


CHECK = Check(
    Pass.REFERENCES,
    ("hoofdstuk-dubbel", "tabel-dubbel"),
    chapter_problems,
    reads=("reports",),
)
