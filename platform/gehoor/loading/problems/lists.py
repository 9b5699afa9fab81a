"""Problems as a list: each told once, in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gehoor.core.text.problems import Problem, Severity

_UNSURE: Final = frozenset({"duizend-of-een", "krul-aanhalingstekens", "verborgen-teken"})
"""What was read is likely not what was meant: what else is said of it at the same place is said of something else."""


def without_doubles(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in the order of their places; of one code at one place only the first, and of what was likely
    read wrong nothing else.

    One place can fall short of several demands of a law: those are not the same problem.
    """
    once: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        once.setdefault((problem.place, problem.code, problem.details.get("demand")), problem)
    # A warning hides no error: nothing would stop it from going into force.
    unsure = {one.place for one in once.values() if one.code in _UNSURE and one.severity is Severity.ERROR}
    told = (one for one in once.values() if one.place not in unsure or one.code in _UNSURE)
    return sorted(told, key=lambda one: (one.place, one.code))
