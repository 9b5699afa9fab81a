"""The files of a recording: lines of canonical JSON, so that a change of one is seen line by line, and packed ones for
what is only read."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.replay import use_cases as uses

FOLDER = Path(__file__).with_name("recorded")
ENTRIES = FOLDER / "entries.jsonl"
"""What was done, and all that it came to."""
SUMMARIES = FOLDER / "summaries.jsonl"
"""How lists show each dossier at the end."""
AGREEMENTS = FOLDER / "agreements.json.xz"
"""What was published, by hash."""
WORKSPACE = FOLDER / "workspace.zip"
"""The files of the organisations, by path."""
FOLDERS = ("definitions", "forms", "rules")


def canonical(value: Any) -> str:
    """Return the one text of a value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def write_lines(path: Path, values: Iterable[Any]) -> None:
    path.write_text("".join(f"{canonical(value)}\n" for value in values), "utf-8")


def write_entries(entries: Iterable[Mapping[str, Any]]) -> None:
    ENTRIES.write_text("".join(f"{_entry_line(one)}\n" for one in entries), "utf-8")


def _entry_line(entry: Mapping[str, Any]) -> str:
    # Answers are judged in the order in which they are given; all else has no order but its own.
    result = {name: json.loads(canonical(value)) for name, value in sorted(entry.items())}
    return json.dumps(
        {**result, "command": entry["command"]}, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def read_lines(path: Path) -> Iterator[str]:
    return iter(path.read_text("utf-8").splitlines())


def read_commands() -> Iterator[dict[str, Any]]:
    return (json.loads(line)["command"] for line in read_lines(ENTRIES))


def write_packed(path: Path, content: bytes) -> None:
    # It sees far enough back to say once what several agreements have in common.
    path.write_bytes(lzma.compress(content, preset=9))


def read_packed(path: Path) -> bytes:
    return lzma.decompress(path.read_bytes())


def write_agreements(proposals: Mapping[str, uses.Publishable]) -> None:
    found = {
        digest: [one.organisation, one.department, one.document, dict(one.places)]
        for digest, one in proposals.items()
    }
    # In their own order: an agreement is known by the hash of its text.
    write_packed(AGREEMENTS, uses.dump(found).encode())


def read_agreements() -> dict[str, uses.Publishable]:
    found = uses.load(read_packed(AGREEMENTS).decode())
    return {digest: uses.Publishable(*parts) for digest, parts in found.items()}


def read_workspace(root: Path) -> dict[str, bytes]:
    """Return the files of the organisations under a root, by path."""
    paths = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def write_workspace(files: Mapping[str, bytes]) -> None:
    with ZipFile(WORKSPACE, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            # Without a moment in it, the same files are the same file.
            packed.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def unpack_workspace(root: Path) -> None:
    with ZipFile(WORKSPACE) as packed:
        packed.extractall(root)


WARNED_SINCE = {
    "bijzondere-gegevens-voor-iedereen",
    "herinnering-te-vroeg",
    "nog-niet-afgesproken",
    "vertaling-onvolledig",
}
"""What checks of later warn of in the files as they were recorded; it makes them no other agreement."""


def departments(root: Path) -> dict[tuple[str, str], uses.Publishable]:
    """Load a workspace; returns what each department would publish."""
    loaded = uses.load_workspace(root, ())
    found = [str(one) for one in loaded.problems if one.code not in WARNED_SINCE]
    assert not found, found
    return {
        (one.organisation, one.department): uses.Publishable(
            one.organisation, one.department, uses.load(uses.dump(one.document)), one.places
        )
        for one in loaded.departments
    }
