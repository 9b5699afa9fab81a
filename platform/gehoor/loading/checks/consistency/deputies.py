"""Nobody stands in for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced


def deputy_problems(whole: Sourced) -> Iterator[Problem]:
    """Two who stand in for each other are fine, a role that stands in for itself is not."""
    for name, role in whole.data["roles"].items():
        if role.get("deputy") == name:
            spot = whole.spot(("roles", name, "deputy"))
            yield Problem(spot.value, "eigen-vervanger", {"value": name})


CHECK = Check(Pass.CONSISTENCY, ("eigen-vervanger",), lambda on: deputy_problems(on.whole))
