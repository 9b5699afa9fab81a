"""By what dossiers are found again, and which have to look again at what they found: part of the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import MatchKey
from gehoor.services.ports.store import Cursor, Tables, Where


@dataclass(frozen=True)
class MatchRecords:
    """What is kept of how dossiers are found."""

    tables: Tables

    def save_match_keys(self, keys: Iterable[MatchKey]) -> None:
        """Keep by what dossiers are found again."""
        self.tables.put_many(
            "match_keys",
            # The id begins with the dossier.
            ((one.id, {"id": one.id, "key": one.key, "kind": one.kind, "ago": one.ago}) for one in keys),
        )

    def drop_match_key(self, key: str) -> None:
        """Forget that a dossier is found by this."""
        self.tables.delete("match_keys", key)

    def match_keys(self, key: str, first: int, limit: int, last: int | None = None) -> list[MatchKey]:
        """Return what is kept under a key from a day (an ordinal) on, the latest first; ``last``: up to that day."""
        found = self.tables.select(
            "match_keys",
            where=Where({"key": key}, sound_only=True),
            at_most=("ago", -first),
            order_by=("ago",),
            limit=limit,
            cursor=None if last is None else Cursor(-last, ""),
        )
        return [
            MatchKey(one["id"], one["key"], one["id"].partition("/")[0], one["kind"], one["ago"])
            for one in found
        ]

    def asking_by(self, keys: Collection[str], first: int) -> set[str]:
        """Return the dossiers that stand under one of some keys and came in on a day (an ordinal) or later."""
        where = Where({"key": sorted(keys)}, sound_only=True)
        found = self.tables.select("match_keys", where=where, at_most=("ago", -first))
        return {one["id"].partition("/")[0] for one in found}

    def note_recounts(self, dossiers: Iterable[str], now: datetime) -> None:
        """Note that what the register gives for dossiers is to be looked up again."""
        noted = {"noted_at": instant_text(now)}
        self.tables.put_many("recounts", ((one, {"dossier": one, **noted}) for one in sorted(dossiers)))

    def recounts(self, limit: int, without: Collection[str] = ()) -> list[str]:
        """Return dossiers of which it is to be looked up again what the register gives, the first noted first;
        ``without`` some."""
        where = Where(without=sorted(without), sound_only=True)
        found = self.tables.select("recounts", where=where, order_by=("noted_at",), limit=limit)
        return [one["dossier"] for one in found]

    def drop_recount(self, dossier: str) -> None:
        """Note that what the register gives for a dossier was looked up again."""
        self.tables.delete("recounts", dossier)
