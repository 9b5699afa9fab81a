"""The room for what waits until it is sent, files and forms: how much there is, whose part of it is how large, and who
makes room for others.

A share is what one network or one account takes of it. Where a share is full, or the room, the oldest of whoever
takes most goes first; so whoever fills the room pushes out only themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from gehoor.services.ports.store import Tables, Where

FILES: Final = "attachments"
CONTENTS: Final = "attachment_contents"
ROOM: Final = 1024 * 1024 * 1024
"""How many bytes may wait in a register: whoever sends nothing but files fills no disk."""
SHARE: Final = ROOM // 4
"""How many of them may be of one share: far more than all of a large building has waiting in a day."""
MOST_OF_FORM: Final = 100
"""How many files may wait with one form, also those that were replaced by others since."""
_OVERHEAD: Final = 4096
"""What a file or a form takes beside its content: its rows, with their indexes."""


def room_for(size: int) -> int:
    """Return what a file or a form of so many bytes takes of the room, in bytes."""
    return size + _OVERHEAD


@dataclass(frozen=True)
class Room:
    """A room of ``most`` bytes, of which one share has ``of_share`` at most: a table with the columns ``room`` and
    ``share``, in which the lowest ``oldest`` goes first, with what other tables have under its id."""

    table: str
    oldest: str
    most: int
    of_share: int
    also: tuple[str, ...] = ()

    def make(self, tables: Tables, share: str, size: int, spared: Collection[str] = ()) -> None:
        """Erase the oldest of whoever takes most, until so many bytes fit in the room and in their share. ``spared``:
        the ids of what stays."""
        taken = tables.totals(self.table, "room", by="share")
        taken[share] = taken.get(share, 0) + size
        left = set(taken)
        while (own := share in left and taken[share] > self.of_share) or (
            left and sum(taken.values()) > self.most
        ):
            greediest = share if own else max(left, key=lambda one: (taken[one], one == share))
            freed = self._erase_oldest(tables, greediest, spared)
            taken[greediest] -= freed
            if not freed:
                # Nothing of it can go, so the next has its turn.
                left.remove(greediest)

    def _erase_oldest(self, tables: Tables, share: str, spared: Collection[str]) -> int:
        """Erase the oldest of a share, and return how many bytes came free; 0 when there is none that may go."""
        where = Where({"share": share}, without=tuple(spared), sound_only=True)
        for one in tables.select(self.table, where=where, order_by=(self.oldest,), limit=1):
            for table in (self.table, *self.also):
                tables.delete(table, one["id"])
            return int(one["room"])
        return 0


def make_room(tables: Tables, share: str, sizes: Collection[int], spared: Collection[str] = ()) -> None:
    """Make room for files of these sizes (bytes, by ``room_for``). ``spared``: the ids of files that stay."""
    Room(FILES, "waits_since_at", ROOM, SHARE, (CONTENTS,)).make(tables, share, sum(sizes), spared)


def bound_form(tables: Tables, form: str, coming: int, spared: Collection[str]) -> bool:
    """Erase the oldest files of a form (the hash of its key) when there are too many with so many more; say whether
    they fit then."""
    there = tables.select(FILES, where={"form": form}, order_by=("waits_since_at",))
    over = len(there) + coming - MOST_OF_FORM
    for file in [file for file in there if file["id"] not in spared][: max(over, 0)]:
        erase(tables, file["id"])
        over -= 1
    return over <= 0


def erase(tables: Tables, file_id: str) -> None:
    """Erase a file, whatever it is part of."""
    tables.delete(FILES, file_id)
    tables.delete(CONTENTS, file_id)
