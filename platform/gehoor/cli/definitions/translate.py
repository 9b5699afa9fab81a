"""``gehoor translate``: a definition file in the keywords of another language."""

from __future__ import annotations

from pathlib import Path

import click

from gehoor.bootstrap.file_words import TranslationError
from gehoor.bootstrap.file_words import translate as translate_file
from gehoor.cli.support.click_dutch import Failure
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.languages import known_language
from gehoor.core.text.problems import errors
from gehoor.loading.problems.texts import line


@click.command(
    "translate", cls=WorkCommand, short_help="Zet de sleutelwoorden van een bestand in een andere taal."
)
@click.argument("file", metavar="BESTAND", type=click.Path(path_type=Path))
@click.option("--to", "language", metavar="TAAL", help="De taal waarnaar: nl of en.")
@click.option("--write", is_flag=True, help="Schrijf het in het bestand zelf, in plaats van het te tonen.")
def translate(file: Path, language: str | None, write: bool) -> None:
    """Zet de sleutelwoorden van een bestand in een andere taal.

    Uw eigen namen en teksten, wat achter een # staat en de volgorde blijven zoals ze zijn. Het bestand zegt daarna
    precies hetzelfde. Ja en nee in een voorwaarde blijven staan: zij gelden in elke taal.
    """
    target = known_language("--to", language)
    try:
        result = translate_file(file, target)
        if result.content is None:
            raise Failure(_refusal(file, [line(problem) for problem in errors(result.problems)]))
        if write:
            file.write_bytes(result.content)
        else:
            click.echo(result.content, nl=False)
    except TranslationError as error:
        raise Failure(
            f"{file} kan niet vertaald worden: een eigen naam is in de andere taal een sleutelwoord. "
            "Geef hem eerst een andere naam."
        ) from error
    except OSError as error:
        raise Failure(f"{file}: dit bestand kan niet geschreven worden.") from error


def _refusal(file: Path, lines: list[str]) -> str:
    if not lines:
        return f"{file} is geen bestand met afspraken. Kijk de sleutelwoorden bovenaan na."
    return "\n".join([*lines, f"{file} is niet vertaald. Los eerst op wat hierboven staat."])
