"""``gehoor person``: what is kept about somebody, written to a folder for whoever asks it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from gehoor import bootstrap
from gehoor.cli.support.click_dutch import Failure, OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import ZONE, place_options
from gehoor.core.access.disclosure import Party
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.disclosure.person import Disclosed, Person, about_person
from gehoor.services.register.library import NothingPublishedError

_PARTIES: Final = {"klager": Party.COMPLAINANT, "beklaagde": Party.ACCUSED, "volledig": Party.OFFICER}
_UNSAFE: Final = re.compile(r"[^\w.\- ]+")


@click.command("person", cls=WorkCommand, short_help="Geef iemand inzage in wat er over hem bewaard is.")
@click.argument("organisation", metavar="ORGANISATIE")
@click.option("--name", default="", metavar="NAAM", help="Hoe de persoon heet, als die een bericht gaf.")
@click.option("--email", default="", metavar="ADRES", help="Het e-mailadres van wie een bericht gaf.")
@click.option("--phone", default="", metavar="NUMMER", help="De telefoon van wie een bericht gaf.")
@click.option("--account", default="", metavar="NAAM", help="De gebruiker over wie een bericht gaat.")
@click.option(
    "--as",
    "part",
    type=click.Choice(tuple(_PARTIES)),
    required=True,
    help="Voor wie: de klager, de beklaagde medewerker, of volledig voor de functionaris gegevensbescherming.",
)
@click.option(
    "--by", required=True, metavar="NAAM", help="De gebruiker die inzage geeft; die heeft er de rol voor."
)
@click.option(
    "--to", "folder", required=True, type=click.Path(path_type=Path), metavar="MAP", help="Een nieuwe map."
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
            found = about_person(runtime, organisation, who, _PARTIES[part], by, bootstrap.now())
        except NothingPublishedError as error:
            raise OptionProblem(organisation, "deze organisatie is niet gepubliceerd") from error
        except NotAllowedError as error:
            roles = " of ".join(error.roles) or "niemand; zet het bij 'rechten'"
            raise OptionProblem(
                "--by", f"{by} mag dit niet. Volgens de afspraken is dit voor: {roles}"
            ) from error
    try:
        _write(folder, found, who, part)
    except OSError as error:
        raise Failure(f"Er kan niet geschreven worden in {folder}: {error.strerror}.") from error
    click.echo(f"{counted(len(found), 'dossier', 'dossiers')} in {folder}.")


def _write(folder: Path, found: list[Disclosed], who: Person, part: str) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _keep(folder / "inzage.txt", "\n".join(_lines(found, who, part)).encode())
    data = [{**asdict(one), "files": [name for name, _ in one.files]} for one in found]
    told = {"person": asdict(who), "as": part, "dossiers": data}
    _keep(folder / "inzage.json", json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode())
    for one in found:
        for index, (name, content) in enumerate(one.files, start=1):
            place = folder / "bijlagen" / _safe(one.number)
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            _keep(place / f"{index:02}-{_safe(name)}", content)


def _keep(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name).lstrip(". ")[-100:] or "bestand"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _lines(found: list[Disclosed], who: Person, part: str) -> Iterator[str]:
    about = ", ".join(value for value in asdict(who).values() if value)
    yield f"Wat er bewaard is over: {about}"
    yield f"Voor: {part}"
    for one in found:
        yield ""
        yield f"{one.number}, {one.department}"
        yield f"  Geopend op {_moment(one.opened_at)}; {'afgesloten' if one.closed else 'loopt nog'}"
        for _, label, text in one.answers:
            yield f"  {label}: {text}"
        if one.withheld:
            left = counted(one.withheld, "antwoord", "antwoorden")
            yield f"  Weggelaten: {left}, over anderen of van wie het behandelt."
        for at, ours, text in one.written:
            yield f"  {_moment(at)}, {'van ons' if ours else 'van de melder'}: {text}"
        for created, role, subject in one.sent:
            when = _moment(datetime.fromisoformat(created))
            yield f"  Bericht op {when} aan {role or 'wie het behandelt'}: {subject}"
        for at, kind, actor in one.happened:
            yield f"  {_moment(at)}, {kind}, door {actor}"
        for name, content in one.files:
            yield f"  Bijlage: {name} ({DUTCH.formats.size(len(content))})"
    if not found:
        yield "Niets gevonden."


def _moment(at: datetime | None) -> str:
    return DUTCH.formats.instant(at.astimezone(ZoneInfo(ZONE))) if at else ""
