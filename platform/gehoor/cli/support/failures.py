"""Commands that work on files and registers, and may fail there."""

from __future__ import annotations

from typing import Any

import click

from gehoor.cli.support.click_dutch import DutchCommand


class WorkCommand(DutchCommand):
    """A command whose failures are sentences, never stack traces."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and say in Dutch what went wrong."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            # What can go wrong in a register is only imported by who uses one, or when something went wrong.
            from gehoor.cli.support.failure_sentences import told  # noqa: PLC0415

            said = told(ctx, error)
            if said is None:
                raise
            raise said from error
