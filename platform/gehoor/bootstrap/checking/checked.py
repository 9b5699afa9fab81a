"""Looking at one's own workspace, no more than is needed: what was found right and did not change is right."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gehoor.bootstrap.checking.kept import Kept
from gehoor.core.text.problems import Problem
from gehoor.loading.source.organisations import organisations

__all__ = ["CheckedWorkspace", "check", "organisations"]


@dataclass
class CheckedWorkspace:
    """What is wrong, of which organisations, and how many departments could be published."""

    problems: list[Problem] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    departments: int = 0


def check(workspace: Path, only: tuple[str, ...] = ()) -> CheckedWorkspace:
    """Check the organisations of a workspace, or only some. Where nothing in it changed since all was right, all is;
    else what was found right and stands there as it did is not looked at again."""
    kept = Kept.of(workspace)
    before = kept.right(only)
    if before:
        return CheckedWorkspace([], list(before.organisations), before.departments)
    # All that a look needs takes longer to import than it takes to see that nothing changed.
    from gehoor.bootstrap.files import look  # noqa: PLC0415

    loaded, sound = look(workspace, only, kept.sound())
    found = CheckedWorkspace(loaded.problems, loaded.organisations, len(loaded.departments))
    kept.keep(workspace, sound, only, None if found.problems else (found.organisations, found.departments))
    return found
