"""``gehoor user coordinator``: whoever makes agreements before any file names somebody."""

from __future__ import annotations

from contextlib import suppress

import click

from gehoor import bootstrap
from gehoor.bootstrap.checking.checked import organisations as organisations_there
from gehoor.cli.support.actors import account_named
from gehoor.cli.support.click_dutch import OptionProblem, did_you_mean
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import place_options, places
from gehoor.core.proposals.sources import is_organisation
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime


@click.command(
    "coordinator", cls=WorkCommand, short_help="Laat iemand afspraken maken, ook van een nieuwe organisatie."
)
@click.argument("name", metavar="NAAM")
@click.argument("organisations", metavar="[ORGANISATIE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Van elke organisatie, ook een nieuwe.")
@click.option("--none", "nothing", is_flag=True, help="Neem het terug.")
@place_options
@click.pass_context
def coordinator(
    ctx: click.Context, name: str, organisations: tuple[str, ...], everything: bool, nothing: bool
) -> None:
    """Laat iemand in de werkplaats afspraken maken, nog voor die in de afspraken zelf daarvoor genoemd wordt.

    Het opent geen dossiers. Zeg erna in de afspraken zelf, bij rechten, wie voorstelt, goedkeurt en publiceert.
    """
    if sum((bool(organisations), everything, nothing)) != 1:
        raise OptionProblem("ORGANISATIE", "noem organisaties, of kies --all of --none")
    for one in organisations:
        if not is_organisation(one):
            raise OptionProblem(one, "zo heet geen organisatie; gebruik kleine letters en streepjes")
    with opened(ctx) as runtime:
        account = account_named(runtime, name)
        _refuse_unknown(ctx, runtime, organisations)
        wanted = ("*",) if everything else organisations
        coordinate(runtime, account.name, wanted, Operator(OPERATOR), bootstrap.now())
    if nothing:
        click.echo(f"{account.name} maakt alleen nog afspraken waar die zelf dat zeggen.")
    else:
        where = "elke organisatie" if everything else ", ".join(organisations)
        click.echo(f"{account.name} maakt afspraken voor {where}, op de bladzijde Werkplaats.")


def _refuse_unknown(ctx: click.Context, runtime: Runtime, wanted: tuple[str, ...]) -> None:
    """Refuse an organisation of which there is nothing: not published, not proposed, and no files."""
    with reading(runtime.store) as register:
        known = {organisation for organisation, _ in register.published_departments()}
        known |= set(register.organisations_with_proposals())
    for one in wanted:
        if one in known:
            continue
        with suppress(bootstrap.SetupError):
            known |= set(organisations_there(places(ctx).workspace_folder()))
        if one not in known:
            hint = did_you_mean(one, sorted(known))
            raise OptionProblem(one, f"deze organisatie is er niet{hint or '; kies --all voor een nieuwe'}")
