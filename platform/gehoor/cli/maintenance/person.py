"""``gehoor person``: what is kept about somebody, written to a folder for whoever asks it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.cli.support.click_dutch import Failure, NeededOption, OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import place_options
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.disclosure.finding import Person
from gehoor.services.disclosure.person import about_person, not_looked_in
from gehoor.services.disclosure.report import PARTIES, damaged_sentence, elsewhere_sentence, files_of
from gehoor.services.register.library import NothingPublishedError


@click.command("person", cls=WorkCommand, short_help="Geef iemand inzage in wat er over hem bewaard is.")
@click.argument("organisation", metavar="ORGANISATIE")
@click.option("--name", default="", metavar="NAAM", help="Hoe de persoon heet, als die een bericht gaf.")
@click.option("--email", default="", metavar="ADRES", help="Het e-mailadres van wie een bericht gaf.")
@click.option("--phone", default="", metavar="NUMMER", help="De telefoon van wie een bericht gaf.")
@click.option("--account", default="", metavar="NAAM", help="De gebruiker over wie een bericht gaat.")
@click.option(
    "--as",
    "part",
    cls=NeededOption,
    type=click.Choice(tuple(PARTIES)),
    metavar="WIE",
    help="Voor wie: klager, beklaagde (de medewerker), of volledig (de functionaris gegevensbescherming).",
)
@click.option(
    "--by", cls=NeededOption, metavar="NAAM", help="De gebruiker die inzage geeft; die heeft er de rol voor."
)
@click.option(
    "--to", "folder", cls=NeededOption, type=click.Path(path_type=Path), metavar="MAP", help="Een nieuwe map."
)
@place_options
@click.pass_context
def person(
    ctx: click.Context,
    organisation: str,
    name: str,
    email: str,
    phone: str,
    account: str,
    part: str,
    by: str,
    folder: Path,
) -> None:
    """Schrijf wat er over iemand bewaard is naar een map: een tekst, hetzelfde als JSON, en de bijlagen.

    De klager krijgt wat hij zelf vertelde en wat niet over anderen gaat; de beklaagde medewerker niet wie klaagde als
    dat afgeschermd is. Wie wat krijgt, zeggen de bestanden ("inzage-voor"). Kijk na voor u het geeft.
    """
    who = Person(name.strip(), email.strip(), phone.strip(), account.strip())
    if who == Person():
        raise OptionProblem("--name", "zeg wie: met --name, --email, --phone of --account")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OptionProblem("--to", f"{folder} bestaat al en is niet leeg")
    with opened(ctx) as runtime:
        try:
            now = bootstrap.now()
            found = about_person(runtime, organisation, who, PARTIES[part], by, now)
            elsewhere = not_looked_in(runtime, organisation, by, now)
        except NothingPublishedError as error:
            raise OptionProblem(organisation, "deze organisatie is niet gepubliceerd") from error
        except NotAllowedError as error:
            roles = " of ".join(error.roles) or "niemand; zet het bij 'rechten'"
            raise OptionProblem(
                "--by", f"{by} mag dit niet. Volgens de afspraken is dit voor: {roles}"
            ) from error
    where = f" {elsewhere_sentence(elsewhere)}" if elsewhere else ""
    if found.damaged:
        where = f" {damaged_sentence(found.damaged)}{where}"
    if not found.dossiers:
        raise Failure(f"Over deze persoon is niets gevonden; er is geen map gemaakt.{where}")
    try:
        _write(folder, files_of(found, who, part, elsewhere))
    except OSError as error:
        raise Failure(f"Er kan niet geschreven worden in {folder}: {error.strerror}.") from error
    click.echo(f"{counted(len(found.dossiers), 'dossier', 'dossiers')} in {folder}.{where}")


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for place, content in files:
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
