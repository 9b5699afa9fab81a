"""``gehoor translations``: every text that lacks a translation, as a list to fill in."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from gehoor.bootstrap.files import Missing, untranslated
from gehoor.cli.support.click_dutch import counted
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.loaded import loaded
from gehoor.cli.support.options import echo_json, format_option, place_options


@click.command("translations", cls=WorkCommand, short_help="Toon welke teksten nog niet vertaald zijn.")
@click.argument("organisations", metavar="[ORGANISATIE]...", nargs=-1)
@place_options
@format_option
@click.pass_context
def translations(ctx: click.Context, organisations: tuple[str, ...], output: str) -> None:
    """Toon elke tekst voor mensen van buiten die nog geen vertaling heeft, als een lijst om in te vullen.

    Wat een organisatie op haar pagina's zegt, staat er zoals u het in organisatie.yaml zet: vul achter elke zin de
    vertaling in. Wat op een formulier staat, vertaalt u op de plaats die erbij staat.
    """
    found = untranslated(loaded(ctx, organisations))
    if output == "json":
        shown = ((one.language, one.text, one.place.file, one.place.line) for one in found)
        echo_json([dict(zip(("language", "text", "file", "line"), one, strict=True)) for one in shown])
        return
    for line in (*_sentences(found), *_on_forms(found)):
        click.echo(line)
    click.echo(f"{counted(len(found), 'tekst', 'teksten')} zonder vertaling.")


def _sentences(found: list[Missing]) -> Iterator[str]:
    files = dict.fromkeys(one.place.file for one in found if not one.of_form)
    for file in files:
        yield f"# {file}"
        yield "vertalingen:"
        own = [one for one in found if one.place.file == file and not one.of_form]
        for language in dict.fromkeys(one.language for one in own):
            yield f"  {language}:"
            for text in dict.fromkeys(one.text for one in own if one.language == language):
                yield f'    {json.dumps(text, ensure_ascii=False)}: ""'


def _on_forms(found: list[Missing]) -> Iterator[str]:
    for one in found:
        if one.of_form:
            yield f"{one.place.file}:{one.place.line}  {one.language}  {one.text}"
