"""Loading the definition files that a command works on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gehoor.bootstrap.checking.checked import CheckedWorkspace, check, organisations
from gehoor.cli.support.click_dutch import Failure, OptionProblem, did_you_mean
from gehoor.cli.support.options import places

if TYPE_CHECKING:
    from gehoor.bootstrap.files import LoadedWorkspace


def loaded(ctx: click.Context, only: tuple[str, ...]) -> LoadedWorkspace:
    """Load organisations of the workspace, all of them when none is named."""
    # A check of what did not change needs nothing of it, and importing it takes most of a second.
    from gehoor.bootstrap.files import load  # noqa: PLC0415

    return load(_workspace(ctx, only), only)


def checked(ctx: click.Context, only: tuple[str, ...]) -> CheckedWorkspace:
    """Check organisations of the workspace, all of them when none is named; what an earlier check found right and did
    not change is not looked at again."""
    return check(_workspace(ctx, only), only)


def checked_outside(ctx: click.Context, only: tuple[str, ...]) -> CheckedWorkspace:
    """Check organisations of a workspace that came from somebody else, all of them when none is named."""
    # Only who looks at the files of somebody else needs a child process.
    from gehoor.bootstrap.checking.outside import check_outside  # noqa: PLC0415

    return check_outside(_workspace(ctx, only), only)


def _workspace(ctx: click.Context, only: tuple[str, ...]) -> Path:
    """Return the workspace, in which every organisation that is named exists."""
    workspace = places(ctx).workspace_folder()
    known = organisations(workspace)
    for name in only:
        if name not in known:
            advice = did_you_mean(name, known) or f"; kies uit {', '.join(known)}"
            raise OptionProblem(name, f"deze organisatie staat niet in {workspace}{advice if known else ''}")
    if not known:
        raise Failure(f"In {workspace} staat nog geen organisatie. Begin met: gehoor init MAP")
    return workspace
