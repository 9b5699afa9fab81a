"""A file that just came in, by whatever way: its name made plain, its content looked at and cleaned."""

from __future__ import annotations

import re
import unicodedata
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Final

from gehoor.core.forms.fields import Field
from gehoor.core.forms.file_kinds import LARGEST_FILE, kind_named
from gehoor.core.text.normalise import composed
from gehoor.services.ports.outside import CleaningBounds, FileRefusedError
from gehoor.services.recording.attachments import NewFile
from gehoor.services.register.runtime import Runtime

MOST_PIXELS: Final = 120_000_000
"""How many pixels the pictures that come together may have: ten of a phone."""
_LONGEST_NAME: Final = 120


@dataclass
class PixelBounds:
    """What making files anew may take where nobody else waits: so many pixels for all."""

    pixels: int = MOST_PIXELS

    def turn(self) -> AbstractContextManager[None]:
        """Return at once: it is always our turn."""
        return nullcontext()

    def spend(self, pixels: int) -> None:
        """Count pixels that are about to be made anew. Raises ``FileRefusedError`` when there are too many."""
        if pixels > self.pixels:
            raise FileRefusedError("pictures-too-large")
        self.pixels -= pixels


def looked_at(runtime: Runtime, of: Field, name: str, content: bytes, bounds: CleaningBounds) -> NewFile:
    """Return a file for a field, cleaned. ``name``: made plain. Raises ``FileRefusedError``."""
    kind = kind_named(name, of.file_kinds)
    if kind is None:
        raise FileRefusedError("file-kind")
    if not content:
        raise FileRefusedError("file-empty")
    if len(content) > kind.largest:
        raise FileRefusedError("picture-too-large" if kind.is_picture else "file-too-large")
    cleaned = runtime.inspector.cleaned(content, kind, bounds)
    if len(cleaned) > LARGEST_FILE:
        # Made anew, a picture can grow, and one of many colours stays large.
        raise FileRefusedError("file-too-large")
    return NewFile(runtime.new_id(), name, kind.name, cleaned)


def clean_name(given: str) -> str:
    """Return a file name without folders, and without signs that hide what it says; its extension stays."""
    last = re.split(r"[/\\:]", given)[-1]
    seen = "".join(
        sign for sign in composed(last) if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
    plain = " ".join(seen.translate(dict.fromkeys(map(ord, '<>"|?*'))).split())
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        stem, extension = extension, ""
    room = _LONGEST_NAME - len(f"{dot}{extension}")
    return f"{stem.strip('. ')[: max(room, 1)] or 'bestand'}{dot}{extension}"[:_LONGEST_NAME]
