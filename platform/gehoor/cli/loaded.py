"""Loading the definition files that a command works on."""

from __future__ import annotations

import click

from gehoor.bootstrap.files import LoadedWorkspace, load, organisations
from gehoor.cli.dutch import Failure, OptionProblem, did_you_mean
from gehoor.cli.options import places


def loaded(ctx: click.Context, only: tuple[str, ...]) -> LoadedWorkspace:
    """Load organisations of the workspace, all of them when none is named."""
    workspace = places(ctx).workspace_folder()
    known = organisations(workspace)
    for name in only:
        if name not in known:
            advice = did_you_mean(name, known) or f"; kies uit {', '.join(known)}"
            raise OptionProblem(name, f"deze organisatie staat niet in {workspace}{advice if known else ''}")
    if not known:
        raise Failure(f"In {workspace} staat nog geen organisatie. Begin met: gehoor init MAP")
    return load(workspace, only)
