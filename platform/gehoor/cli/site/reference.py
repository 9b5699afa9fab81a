"""``gehoor reference``: the page with every command, written from the commands themselves. Not listed in the help."""

from __future__ import annotations

from collections.abc import Iterator

import click

from gehoor.cli.support.click_dutch import DutchCommand

_WIDTH = 100
_HEAD = """# De opdrachten van Gehoor

Deze bladzijde komt uit de opdrachten zelf: `gehoor reference > docs/reference/cli.md`.

Elke opdracht eindigt met 0 als het gelukt is, met 1 als het niet lukte of als er problemen zijn, en met 2 als de
opdracht zelf niet klopt. Met 70 eindigt ze bij een fout van Gehoor zelf; `gehoor --debug` toont dan alles wat erover
bekend is.
"""


@click.command("reference", cls=DutchCommand, hidden=True)
@click.pass_context
def reference(ctx: click.Context) -> None:
    """Schrijf de bladzijde met alle opdrachten."""
    click.echo(reference_page(ctx.find_root().command), nl=False)


def reference_page(root: click.Command) -> str:
    """Return the page about a command and all below it."""
    pages = [f"## {path}\n\n```text\n{help_}\n```\n" for path, help_ in _helps(root, "gehoor", None)]
    return "\n".join([_HEAD, *pages])


def _helps(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    ctx = click.Context(command, info_name=name, parent=parent, terminal_width=_WIDTH)
    yield ctx.command_path, command.get_help(ctx)
    if isinstance(command, click.Group):
        for below in command.list_commands(ctx):
            found = command.get_command(ctx, below)
            if found is not None and not found.hidden:
                yield from _helps(found, below, ctx)
