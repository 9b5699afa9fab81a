"""Checks of the figures about a website: who sees them, and whether they can be kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.doctor.check import Remark, Surroundings, note, refused, warning
from gehoor.bootstrap.doctor.storage import file_system, is_by_network
from gehoor.bootstrap.metrics import FOLDER, SHORTEST, TOKEN_FILE, metrics_token


def metrics(at: Surroundings) -> Iterator[Remark]:
    """Look at whether only who may sees the figures, and whether they can be kept."""
    try:
        token = metrics_token(at.environ)
    except SetupError as error:
        yield refused(str(error))
        return
    named = at.environ.get(FOLDER, "")
    if not named:
        return
    if not token:
        yield note(
            f"Cijfers worden bijgehouden in {named}, en niemand ziet ze: {TOKEN_FILE} ontbreekt.",
            f"Zet er een bestand in met minstens {SHORTEST} tekens, dat alleen Gehoor kan lezen.",
        )
    folder = Path(named)
    # A folder that is not there yet is made by who keeps figures first.
    place = next((one for one in (folder, *folder.parents) if _is_there(one)), folder)
    if not os.access(place, os.W_OK | os.X_OK):
        yield warning(
            f"In {place} kunnen geen cijfers bijgehouden worden; al het andere gaat gewoon door.",
            f"Geef de map aan wie Gehoor draait: chown -R gehoor {folder}",
        )
    yield from _room(place)
    kind, mounted = file_system(place, at.mounts)
    if is_by_network(kind):
        yield warning(
            f"De map voor de cijfers staat op een netwerkschijf ({kind} op {mounted}): op elke computer tellen "
            "andere processen, en ze tellen er door elkaar.",
            "Geef elke computer een map van zichzelf, bijvoorbeeld onder /run.",
        )


def _is_there(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:
        # Such as a name that is longer than a name can be.
        return False


def _room(place: Path) -> Iterator[Remark]:
    """Look at whether a process that starts now finds room for its figures."""
    # Only here: without the setting nobody needs the library.
    from gehoor.adapters.metrics.folder import ROOM  # noqa: PLC0415

    try:
        found = os.statvfs(place)
    except (OSError, AttributeError):
        return
    if found.f_bavail * found.f_frsize < 2 * sum(ROOM.values()):
        yield warning(
            f"De schijf met de map voor de cijfers ({place}) is bijna vol: wat geen plaats vindt, wordt niet geteld. "
            "Al het andere gaat gewoon door.",
            "Maak er plaats, of geef de cijfers een andere map.",
        )
