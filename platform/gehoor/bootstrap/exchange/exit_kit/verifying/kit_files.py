"""The files of a kit: each as the manifest says it was written, and what stands on its lines."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .findings import Findings

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
_BLOCK = 1 << 20


class Files:
    """The files of a kit in a folder. ``sha256``: what that of the manifest was, where somebody kept it."""

    def __init__(self, folder: Path, findings: Findings, sha256: str = "") -> None:
        self.folder, self.findings = folder, findings
        self.named: dict[str, dict[str, Any]] = {}
        """The files that the manifest names, with what it says of each."""
        self.ledger: dict[str, Any] = {}
        """What the manifest says of the ledger."""
        self._sha256 = sha256

    def read_manifest(self) -> bool:
        """Read what should be there; say whether that can be read."""
        try:
            content = (self.folder / MANIFEST).read_bytes()
            found = json.loads(content.decode("utf-8"))
            files = {str(name): dict(said) for name, said in found["files"].items()}
            self.named, self.ledger = files, dict(found["ledger"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            self.findings.add(
                MANIFEST, f"dit is geen manifest van een uitvoerpakket, of het ontbreekt ({error})"
            )
            return False
        if self._sha256 and hashlib.sha256(content).hexdigest() != self._sha256:
            self.findings.add(
                MANIFEST, "dit is een ander pakket: de SHA-256 van het manifest is niet die van toen"
            )
        left_out = found.get("left_out") or []
        for one in left_out if isinstance(left_out, list) else [left_out]:
            self.findings.add(str(one), "dit was beschadigd bij het uitvoeren, en zit er niet in")
        return True

    def hold(self) -> None:
        """Hold what is there against what should be."""
        wanted, there = self.named, set()
        for one in sorted(self.folder.rglob("*")):
            name = one.relative_to(self.folder).as_posix()
            if one.is_symlink():
                self.findings.add(name, "dit verwijst naar elders: het hoort niet bij het pakket")
            elif not one.is_dir() and name != MANIFEST:
                there.add(name)
        for name in sorted(there - wanted.keys()):
            self.findings.add(name, "dit bestand staat niet in het manifest: het hoort niet bij het pakket")
        for name, said in sorted(wanted.items()):
            if name not in there:
                self.findings.add(name, "dit bestand ontbreekt")
            elif not (self.folder / name).is_file() or self.digest(name) != said.get("sha256"):
                self.findings.add(
                    name, "dit bestand is gewijzigd: de SHA-256 is een andere dan in het manifest"
                )

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file."""
        made = hashlib.sha256()
        with (self.folder / name).open("rb") as stream:
            for block in iter(lambda: stream.read(_BLOCK), b""):
                made.update(block)
        return made.hexdigest()

    def lines(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give each line of a file of JSON Lines, with where it stands."""
        try:
            with (self.folder / name).open("r", encoding="utf-8") as stream:
                for number, line in enumerate(stream, start=1):
                    where = f"{name}, regel {number}"
                    try:
                        read = json.loads(line)
                    except (ValueError, RecursionError):
                        self.findings.add(where, "dit is geen leesbare regel JSON")
                        continue
                    if isinstance(read, dict):
                        yield where, read
                    else:
                        self.findings.add(where, "hier hoort een object te staan")
        except (OSError, UnicodeDecodeError) as error:
            self.findings.add(name, f"dit bestand kan niet gelezen worden ({error})")
