"""``gehoor schema``: what may stand in the files, for editors and for people."""

from __future__ import annotations

from pathlib import Path

import click

from gehoor.bootstrap import starter
from gehoor.bootstrap.file_words import export_schemas, json_schema_page, keyword_page
from gehoor.cli.support.click_dutch import DutchGroup, Failure
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.languages import known_language
from gehoor.cli.support.options import place_options, places


@click.group("schema", cls=DutchGroup, short_help="Geef uw editor de sleutelwoorden.")
def schema() -> None:
    """Wat er in de bestanden mag staan: voor uw editor, of om na te lezen."""


@schema.command("export", cls=WorkCommand, short_help="Schrijf de schema's voor uw editor.")
@click.argument("folder", metavar="[MAP]", required=False, type=click.Path(path_type=Path))
@click.option("--language", metavar="TAAL", help="nl of en; zonder keuze beide.")
@place_options
@click.pass_context
def export(ctx: click.Context, folder: Path | None, language: str | None) -> None:
    """Schrijf de schema's voor uw editor, voor elke taal in een eigen map.

    Zonder MAP komen zij in .gehoor/schemas in de map met afspraken. Een editor met ondersteuning voor YAML vult
    dan de sleutelwoorden aan en toont wat zij betekenen.
    """
    languages = () if language is None else (known_language("--language", language),)
    workspace = Path() if folder else places(ctx).workspace_folder()
    if folder is None and workspace == starter() != Path.cwd():
        raise Failure("Hier staan nog geen eigen afspraken. Begin met: gehoor init MAP")
    try:
        place = export_schemas(workspace, folder, languages)
    except OSError as error:
        raise Failure(f"De schema's kunnen niet geschreven worden: {error.strerror or error}.") from error
    click.echo(f"De schema's staan in {place}.")


@schema.command("keywords", cls=WorkCommand, short_help="Toon alle sleutelwoorden.")
def keywords() -> None:
    """Toon alle sleutelwoorden per soort bestand, als een bladzijde in Markdown."""
    click.echo(keyword_page(), nl=False)


@schema.command(
    "json-schema", cls=WorkCommand, short_help="Toon wat er met elk woord van JSON Schema gebeurt."
)
def json_schema() -> None:
    """Toon alle woorden van JSON Schema, en wat zij in een formulier doen, als een bladzijde in Markdown."""
    click.echo(json_schema_page(), nl=False)
