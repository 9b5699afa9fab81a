"""``gehoor show``: every value in force for a department, and the file and line it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol

import click

from gehoor.cli.support.click_dutch import OptionProblem, did_you_mean
from gehoor.cli.support.failures import WorkCommand
from gehoor.cli.support.options import echo_json, format_option, place_options
from gehoor.cli.support.targets import working
from gehoor.core.text.problems import Place


class Standing(Protocol):
    """A value where it stands in the files."""

    @property
    def key(self) -> tuple[str, ...]:
        """The keywords that lead to it."""

    @property
    def text(self) -> str:
        """The value as it would be written."""

    @property
    def value(self) -> Any:
        """The value itself."""

    @property
    def place(self) -> Place:
        """Where it stands."""


class Origin(Protocol):
    """A value in force, and what it takes the place of."""

    @property
    def now(self) -> Standing:
        """What is in force."""

    @property
    def overridden(self) -> Standing | None:
        """What the organisation says instead."""


@click.command("show", cls=WorkCommand, short_help="Toon wat geldt, en waar het staat.")
@click.argument("department", metavar="ORGANISATIE/AFDELING")
@click.argument("key", metavar="[SLEUTEL]", required=False)
@place_options
@format_option
@click.pass_context
def show(ctx: click.Context, department: str, key: str | None, output: str) -> None:
    """Toon wat voor een afdeling geldt, met het bestand en de regel waar het staat.

    Waar de afdeling iets anders zegt dan de organisatie, staat erbij wat de organisatie zegt en waar. Met SLEUTEL
    ziet u alleen dat deel, bijvoorbeeld "rollen" of "termijnen.ontvangstmelding.binnen".
    """
    found, index = working(ctx, department)
    origins = _below(found.departments[index].provenance.origins, key)
    if output == "json":
        echo_json({"department": department, "values": [_plain(origin) for origin in origins]})
        return
    for origin in origins:
        click.echo(_line(origin.now))
        if origin.overridden:
            said = origin.overridden
            click.echo(f"    in plaats van: {_one_line(said.text)}  ({said.place.file}:{said.place.line})")


def _below(origins: Sequence[Origin], key: str | None) -> Sequence[Origin]:
    """Keep what stands at a key or below it; for a key that does not exist, name the nearest."""
    asked = tuple("properties" if word == "velden" else word for word in key.split(".")) if key else ()
    for depth, word in enumerate(asked):
        known = _children(origins, asked[:depth])
        if word not in known:
            where = ".".join(asked[:depth])
            place = f" bij {where}" if where else ""
            listed = f"; kies uit {', '.join(known)}" if 0 < len(known) <= _MOST_LISTED else ""
            raise OptionProblem(
                str(key), f'"{word}" bestaat niet{place}{did_you_mean(word, known) or listed}'
            )
    return [origin for origin in origins if origin.now.key[: len(asked)] == asked]


_MOST_LISTED = 20


def _children(origins: Iterable[Origin], above: tuple[str, ...]) -> list[str]:
    depth = len(above)
    keys = (origin.now.key for origin in origins)
    return list(dict.fromkeys(key[depth] for key in keys if key[:depth] == above and len(key) > depth))


def _line(standing: Standing) -> str:
    place = standing.place
    return f"{'.'.join(standing.key)}: {_one_line(standing.text)}  ({place.file}:{place.line})"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(origin: Origin) -> dict[str, object]:
    plain = _plain_standing(origin.now)
    if origin.overridden:
        plain["overridden"] = _plain_standing(origin.overridden)
    return plain


def _plain_standing(standing: Standing) -> dict[str, object]:
    return {
        "key": ".".join(standing.key),
        "text": standing.text,
        "value": float(standing.value) if isinstance(standing.value, Decimal) else standing.value,
        "file": standing.place.file,
        "line": standing.place.line,
    }
