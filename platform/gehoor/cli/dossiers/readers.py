"""Who opened a dossier, as the command line says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

import click

from gehoor.cli.support.options import echo_json
from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.access_log import Way, refused_action
from gehoor.core.dossier.events import parse_instant
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.access_log import Reader

_WAYS: Final = {
    Way.PAGE: "op het scherm",
    Way.PRINT: "om af te drukken",
    Way.ATTACHMENT: "een bijlage",
    Way.EXPORT: "in een uitvoer van veel dossiers",
    Way.TASK: "alleen een taak",
    Way.ACCESS_LOG: "dit overzicht",
    Way.DISCLOSURE: "om iemand inzage te geven",
    Way.COMMAND: "met de opdrachtregel",
}


def echo_readers(readers: Sequence[Reader], zone: str, output: str) -> None:
    """Write who opened a dossier, the latest first: of each local hour the first time in each way."""
    if output == "json":
        found = [(one.access, one.name) for one in readers]
        echo_json(
            [{"at": a.at, "who": a.reader, "name": name, "way": a.way, "hash": a.hash} for a, name in found]
        )
        return
    for one in readers:
        at = parse_instant(one.access.at).astimezone(ZoneInfo(zone))
        click.echo(f"{DUTCH.formats.instant(at)}  {one.name}  {_told(one.access.way)}")


def _told(way: str) -> str:
    action = refused_action(way)
    if action is None:
        return _WAYS[Way(way)]
    return f"geweigerd: {DUTCH.actions.names[Action(action)]}" if action else "geweigerd"
