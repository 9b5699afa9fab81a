"""The room for files that wait: how much there is, whose part of it is how large, and who makes room for others.

A share is what one network or one account takes of it. Where a share is full, or the room, the oldest files of whoever
takes most go first; so whoever fills the room pushes out only themselves.
"""

from __future__ import annotations

from collections.abc import Collection
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
"""What a file takes beside its content: its rows, in two tables with their indexes."""


def room_for(size: int) -> int:
    """Return what a file of so many bytes takes of the room, in bytes."""
    return size + _OVERHEAD


def make_room(tables: Tables, share: str, sizes: Collection[int], spared: Collection[str] = ()) -> None:
    """Erase the oldest files of whoever takes most, until files of these sizes (bytes, as ``room_for`` gives them) fit
    in the room and in their share. ``spared``: the ids of files that stay."""
    taken = tables.totals(FILES, "room", by="share")
    taken[share] = taken.get(share, 0) + sum(sizes)
    left = set(taken)
    while (own := share in left and taken[share] > SHARE) or (left and sum(taken.values()) > ROOM):
        greediest = share if own else max(left, key=lambda one: (taken[one], one == share))
        freed = _erase_oldest(tables, greediest, spared)
        taken[greediest] -= freed
        if not freed:
            # Nothing of it can go, so the next has its turn.
            left.remove(greediest)


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


def _erase_oldest(tables: Tables, share: str, spared: Collection[str]) -> int:
    """Erase the oldest file of a share, and return how many bytes came free; 0 when there is none that may go."""
    where = Where({"share": share}, without=tuple(spared), sound_only=True)
    for file in tables.select(FILES, where=where, order_by=("waits_since_at",), limit=1):
        erase(tables, file["id"])
        return int(file["room"])
    return 0
