"""Problems: what is wrong in a file, where, and what to do. Values, collected; never a stop at the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How much it matters: an error stops publishing, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Place(NamedTuple):
    """Where something stands: a file (relative to the workspace), line and column, both from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``code`` is stable; ``details`` fill the sentence that people read."""

    place: Place
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR


def errors(problems: list[Problem]) -> list[Problem]:
    """Return the problems that stop publishing."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
