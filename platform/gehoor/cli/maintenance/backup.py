"""``gehoor backup``: a copy of the register, also while it is in use."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.register import open_runtime
from gehoor.bootstrap.register_files.backup_file import write_backup
from gehoor.bootstrap.register_files.full_disk import elsewhere, is_stuck
from gehoor.bootstrap.register_files.key import key_file
from gehoor.bootstrap.register_files.leftovers import clear_leftovers
from gehoor.bootstrap.register_files.marks import mark
from gehoor.bootstrap.register_files.seal_file import add_seal
from gehoor.cli.maintenance.telling import size_of, told
from gehoor.cli.support.click_dutch import Failure, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import echo_json, format_option, place_options, places
from gehoor.cli.support.progress import Progress
from gehoor.services.backups.backup import Backup
from gehoor.services.maintenance.findings import Finding, Kind
from gehoor.services.ports.belonging import EVERYWHERE
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.register.runtime import Runtime


@click.command("backup", cls=WorkCommand, short_help="Maak een kopie van het register.")
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="Vervang het bestand als het er al is.")
@click.option(
    "--seal",
    metavar="BESTAND",
    type=click.Path(path_type=Path),
    help='Voeg daar een zegel van het grootboek aan toe, voor "gehoor verify --against".',
)
@place_options
@format_option
@click.pass_context
def backup(ctx: click.Context, file: Path, overwrite: bool, seal: Path | None, output: str) -> None:
    """Maak een kopie van het hele register zoals het nu is, in één bestand. Anderen kunnen intussen gewoon verder
    werken.

    De kopie wordt nagelezen voor ze haar naam krijgt. Wat beschadigd is, blijft eruit en wordt genoemd; dan is
    de kopie niet volledig, telt ze niet als kopie, en eindigt de opdracht met 1. Zet ze terug met "gehoor restore".
    """
    clear_leftovers(file.parent)
    with _readable(ctx, file) as runtime:
        made = Backup(runtime.store, bootstrap.now(), Progress("gekopieerd"))
        try:
            contents = write_backup(file, made.lines(), overwrite=overwrite)
            if seal and contents.seal and not contents.left_out:
                add_seal(seal, contents.seal.line(contents.made_at))
        except SetupError as error:
            raise Failure(str(error)) from error
    if not contents.left_out:
        mark(places(ctx).register_file(), "backup", bootstrap.now(), str(file))
    if output == "json":
        echo_json(
            {
                "file": str(file),
                "made_at": contents.made_at,
                "documents": contents.total,
                "sha256": contents.digest,
                "complete": not contents.left_out,
                "left_out": [{"table": table, "key": key} for table, key in contents.left_out],
            }
        )
    else:
        documents = counted(contents.total, "document", "documenten")
        click.echo(f"{documents} in {file} ({size_of(file)}), en nagelezen.")
        key = key_file(places(ctx).register_file())
        if key.exists():
            click.echo(f"De sleutel staat er niet in. Bewaar {key} ook, op een andere plaats dan de kopieën.")
    for table, name in contents.left_out:
        click.echo(f"Niet in de kopie: {told(Finding(Kind.DAMAGED, table, name))}", err=True)
    if contents.left_out:
        missing = counted(len(contents.left_out), "document", "documenten")
        click.echo(
            f"Deze kopie is niet volledig: {missing} niet gelezen, want beschadigd. Bewaar ook de vorige kopie. "
            "Kijk na met: gehoor verify",
            err=True,
        )
        sys.exit(1)


@contextmanager
def _readable(ctx: click.Context, file: Path) -> Iterator[Runtime]:
    """Open the register; where its disk is full and nobody has it open, by way of the disk that the copy goes to."""
    register = places(ctx).register()
    with ExitStack() as stack:
        try:
            runtime = stack.enter_context(opened(ctx))
            # It is read only now.
            with runtime.store.snapshot(EVERYWHERE):
                pass
        except StoreUnavailableError:
            if not isinstance(register, Path) or not is_stuck(register):
                raise
            try:
                copy = stack.enter_context(elsewhere(register, file))
            except SetupError as error:
                raise Failure(f"{error}.") from error
            click.echo(
                f"De schijf van {register} is vol: het register wordt gelezen in {file.parent}. "
                "Maak plaats voor u Gehoor weer start.",
                err=True,
            )
            runtime = open_runtime(copy)
            stack.callback(runtime.store.close)
        yield runtime
