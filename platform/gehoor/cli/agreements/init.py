"""``gehoor init``: a folder to write agreements in."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from gehoor import bootstrap
from gehoor.bootstrap.files import prepare_for_editors
from gehoor.cli.support.click_dutch import Failure
from gehoor.cli.support.failures import WorkCommand


@click.command("init", cls=WorkCommand, short_help="Begin een nieuwe map met afspraken.")
@click.argument("folder", metavar="MAP", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Begin een nieuwe map met afspraken, met een volledig voorbeeld om aan te passen.

    De map mag nog niet bestaan, of moet leeg zijn. Een editor met ondersteuning voor YAML vult er de sleutelwoorden
    aan en toont wat zij betekenen.
    """
    starter = bootstrap.starter()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Failure(f"De map {folder} is niet leeg. Kies een nieuwe of een lege map.")
        for name in bootstrap.FOLDERS:
            shutil.copytree(starter / name, folder / name)
        prepare_for_editors(folder)
    except OSError as error:
        raise Failure(f"De map {folder} kan niet gemaakt worden: {error.strerror or error}.") from error
    click.echo(f"De afspraken staan in {folder}. Kijk ze na met: gehoor check --workspace {folder}")
