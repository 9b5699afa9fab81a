"""Each chapter of a report has a name of its own: by that name what people write in it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.merge.source_map import Path


def chapter_problems(on: Subject) -> Iterator[Problem]:
    """Yield chapters that are called as another one of their report, or as another is called in the report that is
    adapted."""
    for report, said in (on.whole.data.get("reports") or {}).items():
        names: dict[str, int] = {}
        keys: dict[str, int] = {}
        for index, chapter in enumerate(said.get("chapters") or ()):
            name = str(chapter.get("name", index))
            key = str(chapter.get("take", name))
            same = min(names.setdefault(name, index), keys.setdefault(key, index))
            if same != index:
                said_twice = name if names[name] != index else key
                yield _twice(on, ("reports", report, "chapters"), (said_twice, same, index))


def _twice(on: Subject, path: Path, found: tuple[str, int, int]) -> Problem:
    name, first, index = found
    there = on.whole.spot((*path, first, "name")).value
    place = on.whole.spot((*path, index, "name")).value
    details = {"value": name, "first": f"{there.file}, regel {there.line}"}
    return Problem(place, "hoofdstuk-dubbel", details)


CHECK = Check(
    Pass.REFERENCES,
    ("hoofdstuk-dubbel",),
    chapter_problems,
    reads=("reports",),
)
