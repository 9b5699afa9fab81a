"""``gehoor explain``: what a problem means, and how to mend it."""

from __future__ import annotations

import click

from gehoor.bootstrap.file_words import all_pages, codes, list_text, page_text
from gehoor.cli.support.click_dutch import OptionProblem, did_you_mean
from gehoor.cli.support.failures import WorkCommand


@click.command("explain", cls=WorkCommand, short_help="Leg een probleem uit.")
@click.argument("code", metavar="[CODE]", required=False)
@click.option("--all", "everything", is_flag=True, help="Alle problemen, als een bladzijde in Markdown.")
def explain(code: str | None, everything: bool) -> None:
    """Leg een probleem uit: wat het betekent, waarom het niet kan, en hoe het wel moet.

    De code staat in het antwoord van "gehoor check". Zonder code ziet u de lijst.
    """
    if everything:
        click.echo(all_pages(), nl=False)
    elif code is None:
        click.echo(list_text())
    elif code in codes():
        click.echo(page_text(code))
    else:
        hint = did_you_mean(code, codes()) or "; zie de lijst met gehoor explain"
        raise OptionProblem(code, f"deze code bestaat niet{hint}")
