"""``gehoor store``: the file of a register, and the version of Gehoor that wrote it."""

from __future__ import annotations

from pathlib import Path

import click

from gehoor.bootstrap.register_files.register_version import (
    FORMAT,
    LATER,
    Version,
    copy_as_it_is,
    migrate_register,
    register_version,
)
from gehoor.cli.maintenance.telling import size_of
from gehoor.cli.support.click_dutch import DutchGroup, Failure
from gehoor.cli.support.failure_sentences import store_sentence
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.options import echo_json, format_option, place_options, places


@click.group("store", cls=DutchGroup, short_help="Breng een register naar deze versie van Gehoor.")
def store() -> None:
    """Het bestand van een register, en de versie van Gehoor die het schreef."""


@store.command("version", cls=WorkCommand, short_help="Toon welke versie het register schreef.")
@place_options
@format_option
@click.pass_context
def show_version(ctx: click.Context, output: str) -> None:
    """Toon in welk formaat het register geschreven is, en welk formaat deze Gehoor schrijft."""
    version = register_version(_file(ctx))
    if output == "json":
        echo_json({"format": version.number, "current": FORMAT, "migrate": version.earlier})
    else:
        click.echo(f"Formaat {version.number}; deze Gehoor schrijft formaat {FORMAT}.{_what_next(version)}")


@store.command("migrate", cls=WorkCommand, short_help="Breng het register naar deze versie.")
@click.option(
    "--backup", "copy", metavar="BESTAND", type=click.Path(path_type=Path),
    help="Waar de kopie komt; zonder keuze naast het register.",
)  # fmt: skip
@click.option("--no-backup", is_flag=True, help="Maak geen kopie.")
@place_options
@format_option
@click.pass_context
def migrate_store(ctx: click.Context, copy: Path | None, no_backup: bool, output: str) -> None:
    """Breng een register dat een eerdere Gehoor schreef naar deze versie: helemaal of niet, ook als de stroom uitvalt.
    Stop eerst elk proces van die versie.

    Vooraf komt er een kopie zoals het nu is, die de vorige Gehoor kan lezen: wilt u terug, zet dan dat bestand in de
    plaats van het register.
    """
    file = _file(ctx)
    version = register_version(file)
    if version.later:
        raise Failure(store_sentence(file, LATER))
    target = None
    if version.earlier and not no_backup:
        target = copy or file.with_name(f"{file.name}.formaat-{version.number}")
        _copy(file, target)
    begun = migrate_register(file)
    if output == "json":
        copied = str(target) if target else None
        echo_json({"from": version.number, "to": FORMAT, "migrated": version.earlier, "backup": copied})
    elif not version.earlier:
        click.echo(f"Dit register is al van deze versie (formaat {FORMAT}).")
        if begun:
            click.echo("Het had geen grootboek, en heeft er nu een, met alles wat erin staat.")
    else:
        if target:
            click.echo(f"Kopie zoals het was: {target} ({size_of(target)}). Bewaar ze tot u zeker bent.")
        click.echo(
            f"Van formaat {version.number} naar formaat {FORMAT} gebracht. Doe daarna een keer: gehoor reindex"
        )


def _file(ctx: click.Context) -> Path:
    file = places(ctx).register_file()
    if not file.exists():
        raise Failure(f"Er is nog geen register: {file}. Maak het met: gehoor publish")
    return file


def _what_next(version: Version) -> str:
    if version.later:
        return " Zet een latere versie van Gehoor."
    return " Breng het naar deze versie met: gehoor store migrate" if version.earlier else ""


def _copy(file: Path, target: Path) -> None:
    try:
        copy_as_it_is(file, target)
    except FileExistsError as error:
        raise Failure(
            f"{target} is er al, en blijft zoals het is. Kies een andere naam met --backup, of laat de kopie weg met "
            "--no-backup. Er is niets gewijzigd."
        ) from error
    except OSError as error:
        raise Failure(
            f"{target} kan niet geschreven worden: {error.strerror or error}. Er is niets gewijzigd."
        ) from error
