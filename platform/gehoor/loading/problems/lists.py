"""Problems as a list: each told once, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable

from gehoor.core.text.problems import Problem


def without_doubles(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in the order of their places; of one code at one place only the first.

    One place can fall short of several demands of a law: those are not the same problem.
    """
    once: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        once.setdefault((problem.place, problem.code, problem.details.get("demand")), problem)
    return sorted(once.values(), key=lambda problem: (problem.place, problem.code))
