"""Merging: what two people changed of the same files, brought together line by line, or told where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gehoor.core.proposals.kept_lines import kept_lines
from gehoor.core.proposals.sources import Sources


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed otherwise. ``line``: where it stands in what is theirs (from 1); 0: the file itself, which one
    of them took away or both made. ``ours`` and ``theirs``: the lines, as each has them."""

    file: str
    line: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """The files with what both changed; with conflicts they hold what is theirs there."""

    sources: dict[str, bytes]
    conflicts: tuple[Conflict, ...]


def merge(base: Sources, ours: Sources, theirs: Sources) -> Merged:
    """Bring two changes of the same files together."""
    found: dict[str, bytes] = {}
    conflicts: list[Conflict] = []
    for file in sorted({*base, *ours, *theirs}):
        before, mine, other = base.get(file), ours.get(file), theirs.get(file)
        kept = other
        if mine in (before, other):
            kept = other
        elif other == before:
            kept = mine
        elif before is None or mine is None or other is None:
            conflicts.append(Conflict(file, 0, _lines(mine), _lines(other)))
        else:
            kept, more = _merged_lines(file, before, mine, other)
            conflicts += more
        if kept is not None:
            found[file] = kept
    return Merged(found, tuple(conflicts))


def _lines(content: bytes | None) -> tuple[str, ...]:
    try:
        return tuple((content or b"").decode().splitlines())
    except UnicodeDecodeError:
        return ()


def _merged_lines(file: str, base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, list[Conflict]]:
    before, mine, other = (one.splitlines(keepends=True) for one in (base, ours, theirs))
    made: list[bytes] = []
    conflicts: list[Conflict] = []
    for same, old, new_mine, new_other in _regions(before, mine, other):
        if same or new_mine in (old, new_other):
            made += new_other
        elif new_other == old:
            made += new_mine
        else:
            line = len(made) + 1
            conflicts.append(Conflict(file, line, _lines(b"".join(new_mine)), _lines(b"".join(new_other))))
            made += new_other
    return b"".join(made), conflicts


def _regions(
    base: Sequence[bytes], ours: Sequence[bytes], theirs: Sequence[bytes]
) -> Iterator[tuple[bool, list[bytes], list[bytes], list[bytes]]]:
    """Yield the files in turn as lines that all three have, and lines that one of them has otherwise."""
    done, mine_done, other_done = 0, 0, 0
    for at, mine_at, other_at, size in _common(base, ours, theirs):
        changed = base[done:at], ours[mine_done:mine_at], theirs[other_done:other_at]
        if any(changed):
            yield False, *map(list, changed)  # type: ignore[misc]
        lines = list(base[at : at + size])
        if lines:
            yield True, lines, lines, lines
        done, mine_done, other_done = at + size, mine_at + size, other_at + size


def _common(
    base: Sequence[bytes], ours: Sequence[bytes], theirs: Sequence[bytes]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the runs of lines that all three have: where they begin in each, and how many lines."""
    in_ours, in_theirs = dict(kept_lines(base, ours)), dict(kept_lines(base, theirs))
    at = 0
    while at < len(base):
        if at not in in_ours or at not in in_theirs:
            at += 1
            continue
        size = 1
        while (
            at + size < len(base)
            and in_ours.get(at + size) == in_ours[at] + size
            and in_theirs.get(at + size) == in_theirs[at] + size
        ):
            size += 1
        yield at, in_ours[at], in_theirs[at], size
        at += size
    yield len(base), len(ours), len(theirs), 0
