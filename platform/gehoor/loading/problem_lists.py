"""Problems as a list: each told once, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable

from gehoor.core.problems import Problem


def without_doubles(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in the order of their places; of one code at one place only the first."""
    once = {(problem.place, problem.code): problem for problem in reversed(list(problems))}
    return sorted(once.values(), key=lambda problem: (problem.place, problem.code))
