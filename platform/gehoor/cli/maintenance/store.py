"""``gehoor store``: the file of a register, and the version of Gehoor that wrote it."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.bootstrap import Place
from gehoor.bootstrap.register import is_there, no_register, open_store
from gehoor.bootstrap.register_files.copied import note_copied
from gehoor.bootstrap.register_files.key import key_file
from gehoor.bootstrap.register_files.register_version import (
    LATER,
    Version,
    copy_as_it_is,
    migrate_register,
    register_version,
)
from gehoor.bootstrap.register_files.shared_key import begin_with_another
from gehoor.cli.maintenance.telling import size_of
from gehoor.cli.support.click_dutch import DutchGroup, Failure, counted
from gehoor.cli.support.failure_sentences import store_sentence
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.options import echo_json, format_option, place_options, places
from gehoor.cli.support.progress import Progress
from gehoor.services.backups.copying import DifferentCopyError, copy_register
from gehoor.services.backups.restore import has_content


@click.group("store", cls=DutchGroup, short_help="Breng een register naar deze versie van Gehoor.")
def store() -> None:
    """Waar een register staat, en welke versie van Gehoor het schreef."""


@store.command("version", cls=WorkCommand, short_help="Toon welke versie het register schreef.")
@place_options
@format_option
@click.pass_context
def show_version(ctx: click.Context, output: str) -> None:
    """Toon in welk formaat het register geschreven is, en welk formaat deze Gehoor schrijft."""
    version = register_version(_there(ctx))
    if output == "json":
        echo_json({"format": version.number, "current": version.current, "migrate": version.earlier})
    else:
        click.echo(
            f"Formaat {version.number}; deze Gehoor schrijft formaat {version.current}.{_what_next(version)}"
        )


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
    place = _there(ctx)
    version = register_version(place)
    if version.later:
        raise Failure(store_sentence(place, LATER))
    target = None
    if version.earlier and not no_backup:
        if not isinstance(place, Path):
            raise Failure(
                "Maak eerst een kopie van de database met pg_dump, die de vorige Gehoor kan lezen, en doe dan: "
                "gehoor store migrate --no-backup"
            )
        target = copy or place.with_name(f"{place.name}.formaat-{version.number}")
        _copy(place, target)
    begun = migrate_register(place)
    if output == "json":
        copied = str(target) if target else None
        echo_json(
            {"from": version.number, "to": version.current, "migrated": version.earlier, "backup": copied}
        )
    elif not version.earlier:
        click.echo(f"Dit register is al van deze versie (formaat {version.current}).")
        if begun:
            click.echo("Het had geen grootboek, en heeft er nu een, met alles wat erin staat.")
    else:
        if target:
            click.echo(f"Kopie zoals het was: {target} ({size_of(target)}). Bewaar ze tot u zeker bent.")
        click.echo(
            f"Van formaat {version.number} naar formaat {version.current} gebracht. Doe daarna een keer: gehoor reindex"
        )


def _there(ctx: click.Context) -> Place:
    place = places(ctx).register()
    if not is_there(place):
        raise Failure(no_register(place))
    return place


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


@store.command("copy", cls=WorkCommand, short_help="Breng een register over naar een andere plaats.")
@click.argument("source", metavar="VAN")
@click.argument("target", metavar="NAAR")
@click.option("--replace", is_flag=True, help="Ook als er al iets in staat: dat is dan weg.")
@format_option
@click.pass_context
def copy_store(ctx: click.Context, source: str, target: str, replace: bool, output: str) -> None:
    """Breng alles wat in een register staat over naar een ander: van een bestand naar postgresql://..., of terug. Stop
    eerst elk proces dat erin schrijft.

    Alles komt over, of niets: wat er daarna staat, wordt gelezen en is hetzelfde. Is er iets beschadigd, dan gebeurt er
    niets; herstel dat eerst. De sleutel naast het register komt mee. Waar het stond, blijft alles staan: wis dat zelf.
    """
    workspace = places(ctx).workspace
    there, here = (bootstrap.register_place(one, workspace) for one in (source, target))
    if str(there) == str(here):
        raise Failure("Dit is twee keer dezelfde plaats.")
    if not is_there(there):
        raise Failure(no_register(there))
    _refuse_other_key(key_file(bootstrap.beside(there)), key_file(bootstrap.beside(here)))
    with closing(open_store(there)) as read, closing(open_store(here)) as written:
        if not replace and has_content(written):
            raise Failure(
                f"In {here} staat al iets, en dat blijft. Kies een andere plaats, of voeg --replace toe: dan is weg "
                "wat er nu in staat."
            )
        try:
            copied = copy_register(read, written, Progress("overgebracht"))
        except DifferentCopyError as error:
            raise Failure(
                f"Wat in {here} kwam, is niet wat in {there} staat. Er is niets gewijzigd."
            ) from error
    key = _bring_key(key_file(bootstrap.beside(there)), key_file(bootstrap.beside(here)))
    note_copied(there, here, bootstrap.now())
    if output == "json":
        echo_json({"documents": copied.documents, "sha256": copied.digest})
        return
    click.echo(
        f"{counted(copied.documents, 'document', 'documenten')} overgebracht naar {here}, en nagelezen."
    )
    click.echo(f"Inhoud, hier en daar dezelfde: {copied.digest}")
    if key:
        click.echo(
            f"De sleutel staat nu ook als {key}. Geef elke computer die met dit register werkt, dezelfde."
        )
    click.echo(
        f"In {there} staat alles nog, ook wat u hierna wist of anonimiseert. Wis het zodra u zeker bent, met de "
        "kopieën ervan; tot dan herinnert gehoor doctor u eraan."
    )


def _refuse_other_key(source: Path, target: Path) -> None:
    """Refuse to go on where another key stands where this one has to come: the register would be used with that one."""
    if source.exists() and target.exists() and source.read_bytes() != target.read_bytes():
        raise Failure(
            f"In {target} staat een andere sleutel dan in {source}. Haal ze weg als ze van geen ander register is, of "
            "kies een andere map met GEHOOR_STATE. Er is niets gewijzigd."
        )


def _bring_key(source: Path, target: Path) -> Path | None:
    """Copy a key, where there is one and none of its name; return where it came to stand."""
    if not source.exists() or target.exists():
        return None
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(source.read_bytes())
    except OSError as error:
        raise Failure(
            f"Alles is overgebracht, behalve de sleutel: {target} kan niet geschreven worden ({error.strerror}). Zet "
            f"er zelf een kopie van {source}."
        ) from error
    return target


@store.command("new-key", cls=WorkCommand, short_help="Begin met een andere sleutel.")
@place_options
@click.pass_context
def new_key(ctx: click.Context) -> None:
    """Begin met een andere sleutel, als die van een register in een database nergens meer is. Stop eerst elk proces.

    De sleutel die daarna het eerst gebruikt wordt, geldt: zet ze dan op elke computer. Iedereen meldt zich opnieuw
    aan, en wie een tweede stap heeft, stelt die opnieuw in.
    """
    place = _there(ctx)
    if isinstance(place, Path):
        raise Failure(
            f"De sleutel van {place} staat ernaast: haal {key_file(place)} weg, en er komt een nieuwe."
        )
    with closing(open_store(place)) as opened:
        begin_with_another(opened)
    click.echo(f"De volgende sleutel geldt. Zonder {key_file(bootstrap.beside(place))} wordt er een gemaakt.")
