"""Writing an exit kit: into a new folder, or a zip, that only its owner reads; read back before it has its name."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import IO, Any, Final, TypeVar

from gehoor import __version__
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.exchange.exit_kit.verifying.findings import Findings
from gehoor.bootstrap.exchange.exit_kit.verifying.program import Kit
from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange.exit_kit.kit import Made, note_kit, write_kit
from gehoor.services.register.runtime import Runtime

_Filled = TypeVar("_Filled")
_PROGRAM: Final = ("verify.py", "verifying")
_MANIFEST: Final = "manifest.json"
_UNFINISHED: Final = ".wordt-gemaakt"
_OF_ZIP: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class WrittenKit:
    """A kit that stands where it was asked for: what is in it, what was found when it was read back, and the SHA-256
    (hexadecimal) of its manifest."""

    made: Made
    findings: Findings
    manifest: str


class FolderSink:
    """A folder that is filled, and knows what is in each file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, tuple[IO[bytes], Any]] = {}
        self._sizes: dict[str, int] = {}
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: bytes) -> None:
        """Add to a file."""
        if name not in self._open:
            self._open[name] = (self._made(name), hashlib.sha256())
            self._sizes[name] = 0
        stream, digest = self._open[name]
        stream.write(content)
        digest.update(content)
        self._sizes[name] += len(content)

    def put(self, name: str, content: bytes) -> str:
        """Write a whole file, and return its SHA-256."""
        digest = hashlib.sha256(content).hexdigest()
        if name in self.files and self.files[name]["sha256"] == digest:
            return digest
        with self._made(name) as stream:
            stream.write(content)
        self.files[name] = {"sha256": digest, "size": len(content)}
        return digest

    def close(self) -> None:
        """Close what is open."""
        for name, (stream, digest) in self._open.items():
            stream.close()
            self.files[name] = {"sha256": digest.hexdigest(), "size": self._sizes[name]}
        self._open.clear()

    def _made(self, name: str) -> IO[bytes]:
        file = self._folder / name
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Two things never come to be one file, whatever they were called.
        return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def write_exit_kit(
    runtime: Runtime,
    organisation: str,
    target: Path,
    actor: Operator,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> WrittenKit:
    """Write the kit of an organisation to ``target``: a folder, or a zip where its name ends so. Raises ``SetupError``
    where something is there already or it cannot be written, and as ``write_kit`` does; then nothing is left."""

    def fill(folder: Path) -> WrittenKit:
        with closing(FolderSink(folder)) as sink:
            made = write_kit(runtime, organisation, sink, actor, now, __version__, progress)
        for name, content in _program():
            sink.put(name, content)
        manifest = made.manifest(sink.files)
        sink.put(_MANIFEST, manifest)
        return WrittenKit(made, Kit(folder).verify(), hashlib.sha256(manifest).hexdigest())

    written = write_new(target, fill)
    note_kit(runtime, written.made, written.manifest)
    return written


def _program() -> Iterator[tuple[str, bytes]]:
    """Give the files of the program that verifies a kit, by their names in it."""
    start, parts = (files("gehoor.bootstrap.exchange.exit_kit") / one for one in _PROGRAM)
    yield start.name, start.read_bytes()
    for one in parts.iterdir():
        if one.name.endswith(".py"):
            yield f"{parts.name}/{one.name}", one.read_bytes()


def write_new(target: Path, fill: Callable[[Path], _Filled]) -> _Filled:
    """Fill a new folder that only its owner reads, and give it its name once it is whole; a zip of it where that name
    ends so. Raises ``SetupError`` where something is there already or it cannot be written; then nothing is left."""
    if target.exists():
        raise SetupError(f"{target} is er al, en blijft zoals het is. Kies een andere naam.")
    draft = target.with_name(f"{target.name}{_UNFINISHED}")
    if draft.exists():
        raise SetupError(
            f"{draft} is er nog van een vorige keer. Kijk na of er niemand mee bezig is, en wis het."
        )
    packed = target.with_name(f"{target.name}{_UNFINISHED}.zip")
    try:
        draft.mkdir(parents=True, mode=0o700)
        filled = fill(draft)
        if target.suffix.lower() == ".zip":
            _zip(draft, packed)
            packed.replace(target)
        else:
            draft.replace(target)
    except OSError as error:
        raise SetupError(f"{target} kan niet geschreven worden: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        with suppress(OSError):
            packed.unlink()
    return filled


def _zip(folder: Path, file: Path) -> None:
    """Pack a folder, file by file."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                about = zipfile.ZipInfo(one.relative_to(folder).as_posix(), _OF_ZIP)
                about.compress_type, about.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
                with one.open("rb") as source, packed.open(about, "w", force_zip64=True) as goal:
                    shutil.copyfileobj(source, goal)
