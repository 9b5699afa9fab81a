"""``gehoor sources``: the files that the agreements in the register were made from, out and in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from gehoor.bootstrap.drafting.folder import WorkspaceFolder, sources_in
from gehoor.cli.support.click_dutch import DutchGroup, Failure, OptionProblem, counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.opened import opened
from gehoor.cli.support.options import Moment, instant, now_option, place_options, places
from gehoor.core.proposals.sources import SourcesError
from gehoor.services.access.authorisation import Operator
from gehoor.services.proposals.changing import found_organisation
from gehoor.services.register.register import reading


class _SourcesGroup(DutchGroup):
    command_class = WorkCommand


@click.command(
    "sources", cls=_SourcesGroup, short_help="Haal de bestanden van de afspraken op, of breng ze in."
)
def sources() -> None:
    """Het register bewaart de bestanden waarvan de afspraken gemaakt zijn. Haal ze op in een map, of breng ze in."""


@sources.command("export", short_help="Schrijf de bestanden in een map.")
@click.argument("folder", metavar="MAP", type=click.Path(file_okay=False, path_type=Path))
@click.argument("organisations", metavar="[ORGANISATIE]...", nargs=-1)
@place_options
@click.pass_context
def export(ctx: click.Context, folder: Path, organisations: tuple[str, ...]) -> None:
    """Schrijf de bestanden van wat geldt in een map. Wat er al anders staat, blijft, en dan wordt niets geschreven."""
    with opened(ctx) as runtime, reading(runtime.store) as register:
        known = sorted({one for one, _ in register.published_departments()})
        for name in organisations:
            if name not in known:
                raise OptionProblem(
                    name, f"deze organisatie staat niet in het register; kies uit {', '.join(known)}"
                )
        kept = {
            name: register.sources(tree)
            for name in organisations or known
            if (tree := register.tree_in_force(name))
        }
    _refuse_different(kept)
    place = WorkspaceFolder(folder)
    found = {file: content for files in kept.values() for file, content in files.items()}
    try:
        for name in ("definitions", "forms", "rules"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        others = place.write({}, found)
    except OSError as error:
        raise Failure(f"In {folder} kan niet geschreven worden: {error.strerror or error}.") from error
    if others:
        raise Failure(f"Niets geschreven: in {folder} staat al iets anders, zoals {others[0]}.")
    click.echo(f"{counted(len(found), 'bestand', 'bestanden')} in {folder}")


def _refuse_different(kept: Mapping[str, Mapping[str, bytes]]) -> None:
    """Refuse to write a file that organisations share in one folder, where it is not the same for all of them."""
    first: dict[str, str] = {}
    for name, files in kept.items():
        for file, content in files.items():
            other = first.setdefault(file, name)
            if kept[other][file] != content:
                raise Failure(
                    f"Niets geschreven: {file} is voor {other} anders dan voor {name}. Haal ze elk in een eigen map op."
                )


@sources.command("import", short_help="Maak een voorstel van de bestanden in de map.")
@click.argument("organisations", metavar="[ORGANISATIE]...", nargs=-1)
@click.option("--title", default="", metavar="TITEL", help="Hoe het voorstel heet.")
@now_option
@place_options
@click.pass_context
def import_(ctx: click.Context, organisations: tuple[str, ...], title: str, moment: Moment | None) -> None:
    """Maak van de bestanden in de map met afspraken een voorstel, om in de werkplaats mee verder te gaan."""
    folder = places(ctx).workspace_folder()
    known = WorkspaceFolder(folder).organisations()
    for name in organisations:
        if name not in known:
            raise OptionProblem(name, f"deze organisatie staat niet in {folder}; kies uit {', '.join(known)}")
    found = sources_in(folder, organisations or known)
    for name, file in found.unkept.items():
        why = f"door {file}" if file else "want het zijn er te veel, of ze zijn samen te groot"
        raise Failure(f"De bestanden van {name} kunnen niet bewaard worden, {why}.")
    for file in found.left_out:
        click.echo(f"Let op: {file} wordt niet bewaard: de naam kan niet, of het is te groot.", err=True)
    with opened(ctx) as runtime:
        for name, files in found.sources.items():
            try:
                made = found_organisation(
                    runtime, name, title or f"Uit de map {folder.name}", files, Operator(""), instant(moment)
                )
            except SourcesError as error:
                raise Failure(f"{error.file} kan niet bewaard worden.") from error
            click.echo(f"{made.id}  {name}  {counted(len(files), 'bestand', 'bestanden')}")
