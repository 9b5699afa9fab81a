"""An ``.msg`` file as Outlook saves one: a compound file (MS-CFB), written sector by sector."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    inside: list[int] = field(default_factory=list)
    begin: int = _END
    size: int = 0


def compound(tree: Mapping[str, bytes | Mapping[str, bytes]]) -> bytes:
    """Return a compound file with these streams, and storages of streams."""
    entries = [_Entry("Root Entry", 5)]
    for name, content in tree.items():
        entries[0].inside.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, 2, content))
            continue
        storage = _Entry(name, 1)
        entries.append(storage)
        for inner, bytes_ in content.items():
            storage.inside.append(len(entries))
            entries.append(_Entry(inner, 2, bytes_))
    return _written(entries)


def _written(entries: list[_Entry]) -> bytes:
    sectors: list[bytes] = []
    fat: list[int] = []
    mini, mini_fat = b"", []

    def put(content: bytes) -> int:
        begin = len(sectors)
        parts = [content[place : place + _SECTOR] for place in range(0, len(content), _SECTOR)]
        sectors.extend(part.ljust(_SECTOR, b"\0") for part in parts)
        fat.extend([*range(begin + 1, begin + len(parts)), _END] if parts else [])
        return begin if parts else _END

    for one in entries[1:]:
        one.size = len(one.content)
        if one.kind == 2 and one.size >= _CUTOFF:
            one.begin = put(one.content)
        elif one.kind == 2 and one.content:
            one.begin = len(mini_fat)
            count = -(-one.size // _MINI)
            mini += one.content.ljust(count * _MINI, b"\0")
            mini_fat += [*range(one.begin + 1, one.begin + count), _END]
    entries[0].begin, entries[0].size = put(mini), len(mini)
    mini_fat_at = put(b"".join(struct.pack("<I", one) for one in mini_fat))
    mini_fat_count = -(-len(mini_fat) * 4 // _SECTOR)
    directory_at = put(_directory(entries))
    count = 1
    while count * 128 < len(fat) + count:
        count += 1
    fat_at = len(sectors)
    fat += [_FAT] * count
    fat += [_FREE] * (count * 128 - len(fat))
    sectors += [struct.pack("<128I", *fat[place : place + 128]) for place in range(0, len(fat), 128)]
    difat = [*range(fat_at, fat_at + count), *[_FREE] * (109 - count)]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, count, directory_at, 0, _CUTOFF, mini_fat_at, mini_fat_count, _END, 0, *difat,
    )  # fmt: skip
    return header + b"".join(sectors)


def _directory(entries: list[_Entry]) -> bytes:
    """Return the entries; those of a storage as a list that only goes to the right, which is a tree too."""
    right = dict.fromkeys(range(len(entries)), _FREE)
    child = {}
    for number, one in enumerate(entries):
        order = sorted(one.inside, key=lambda at: (len(entries[at].name), entries[at].name.upper()))
        child[number] = order[0] if order else _FREE
        right.update(pairwise(order))
    packed = b""
    for number, one in enumerate(entries):
        name = one.name.encode("utf-16-le") + b"\0\0"
        packed += struct.pack(
            "<64sHBBIII16sIQQIQ", name, len(name), one.kind, 1, _FREE, right[number], child[number], b"", 0, 0, 0,
            one.begin if one.kind != 1 else 0, one.size,
        )  # fmt: skip
    return packed


def _ticks(moment: datetime) -> bytes:
    return struct.pack("<Q", int((moment - _EPOCH).total_seconds()) * 10_000_000)


def saved(
    texts: Mapping[int, str],
    *,
    moments: Mapping[int, datetime] | None = None,
    binaries: Mapping[int, bytes] | None = None,
    files: Mapping[str, bytes | None] | None = None,
    code_page: int = 0,
) -> bytes:
    """Return an ``.msg`` with these properties. ``code_page``: texts are in it, as older Outlooks save; None as the
    content of a file: it is an e-mail."""
    tree: dict[str, bytes | Mapping[str, bytes]] = {}
    for name, text in {0x001A: "IPM.Note", **texts}.items():
        kind, plain = (0x1E, text.encode(f"cp{code_page}")) if code_page else (0x1F, text.encode("utf-16-le"))
        tree[f"__substg1.0_{name:04X}{kind:04X}"] = plain
    for name, content in (binaries or {}).items():
        tree[f"__substg1.0_{name:04X}0102"] = content
    fixed = [struct.pack("<HHI", 0x40, name, 6) + _ticks(at) for name, at in (moments or {}).items()]
    if code_page:
        fixed.append(struct.pack("<HHIQ", 0x03, 0x3FFD, 6, code_page))
    tree["__properties_version1.0"] = bytes(32) + b"".join(fixed)
    for number, (name, content) in enumerate((files or {}).items()):
        inside = {"__properties_version1.0": bytes(8), "__substg1.0_3707001F": name.encode("utf-16-le")}
        if content is not None:
            inside["__substg1.0_37010102"] = content
        tree[f"__attach_version1.0_#{number:08X}"] = inside
    return compound(tree)
