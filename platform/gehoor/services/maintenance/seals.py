"""Seals: what is kept elsewhere of a ledger, so that who can write in the register cannot rewrite what was before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from gehoor.services.ports.store import Tables
from gehoor.services.records.ledger import head

_NAME: Final = "gehoor-seal"
_FORMAT: Final = 1
_BEGIN: Final = f'{{"what": "{_NAME}"'


class BadSealError(Exception):
    """A text holds something else than seals that this Gehoor knows."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The place of a row of a ledger, and its hash: it vouches for that row and all before it."""

    place: str
    hash: str

    @classmethod
    def of(cls, tables: Tables) -> Seal | None:
        """Return the seal of all that was entered until now; nothing when that is nothing."""
        return cls.from_row(head(tables))

    @classmethod
    def from_row(cls, row: Mapping[str, Any] | None) -> Seal | None:
        """Return the seal of a row of a ledger."""
        return cls(str(row["place"]), str(row["hash"])) if row else None

    def line(self, made_at: str) -> str:
        """Return the seal as it is kept. ``made_at``: the instant (UTC, text) at which it was made."""
        return json.dumps({"what": _NAME, "format": _FORMAT, "made_at": made_at, **asdict(self)}) + "\n"


def read_seals(text: str) -> list[Seal]:
    """Return the seals in a text, one on each line; of half a line, which a power cut may leave, none. Raises
    ``BadSealError``, also when there is none."""
    try:
        found = [json.loads(line) for line in map(_whole, text.splitlines()) if line.strip()]
        if not found or {(one["what"], one["format"]) for one in found} != {(_NAME, _FORMAT)}:
            raise BadSealError
        return [Seal(str(one["place"]), str(one["hash"])) for one in found]
    except (ValueError, TypeError, LookupError) as error:
        raise BadSealError from error


def _whole(line: str) -> str:
    """Return the seal on a line, also where half of another stands before it; nothing for half a seal."""
    start = line.rfind(_BEGIN)
    if start < 0:
        # Part of the beginning: cut off before there was more.
        return "" if line and _BEGIN.startswith(line) else line
    return line[start:] if line.endswith("}") else ""
