"""The files of a kit: each as the manifest says it was written, and what stands on its lines."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from .findings import Findings, from_text

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
_BLOCK = 1 << 20
_HOW = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
"""A pipe is not waited for, and a link leads nowhere; not every system knows all of these."""


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
            content = self.read(MANIFEST)
            found = from_text(content.decode("utf-8"))
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
            elif (self.digest(name) or "onleesbaar") != said.get("sha256"):
                self.findings.add(
                    name, "dit bestand is gewijzigd: de SHA-256 is een andere dan in het manifest"
                )

    def opened(self, name: str) -> IO[bytes]:
        """Open a file. Raises ``OSError``, also for what is no file: a pipe would be waited for without end."""
        try:
            handle = os.open(self.folder / name, _HOW)
        except ValueError as error:
            raise OSError(str(error)) from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError("dit is geen bestand")
        return os.fdopen(handle, "rb")

    def read(self, name: str) -> bytes:
        """Return what is in a file. Raises ``OSError``."""
        with self.opened(name) as stream:
            return stream.read()

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file; empty where it cannot be read."""
        made = hashlib.sha256()
        try:
            with self.opened(name) as stream:
                for block in iter(lambda: stream.read(_BLOCK), b""):
                    made.update(block)
        except OSError:
            return ""
        return made.hexdigest()

    def lines(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give each line of a file of JSON Lines, with where it stands."""
        try:
            with self.opened(name) as stream:
                for number, line in enumerate(stream, start=1):
                    where = f"{name}, regel {number}"
                    try:
                        read = from_text(line.decode("utf-8"))
                    except (ValueError, RecursionError) as error:
                        why = f" ({error})" if type(error) is ValueError else ""
                        self.findings.add(where, f"dit is geen leesbare regel JSON{why}")
                        continue
                    if isinstance(read, dict):
                        yield where, read
                    else:
                        self.findings.add(where, "hier hoort een object te staan")
        except OSError as error:
            self.findings.add(name, f"dit bestand kan niet gelezen worden ({error})")
