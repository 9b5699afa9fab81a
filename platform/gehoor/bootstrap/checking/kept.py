"""What a check found right, kept for the next one: digests, in the cache of whoever checks.

Nothing of it comes with files that somebody else made, and another version of Gehoor looks at everything again. Of what
was wrong nothing is kept.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from tempfile import NamedTemporaryFile
from typing import Any, Final

import gehoor

_LARGEST: Final = 4_000_000
_ROOM: Final = "gehoor"
_FOLDERS: Final = ("definitions", "forms", "rules")
_MOST: Final = 64_000_000
"""Of a workspace of more bytes than this, or with links in it, nobody says unseen that it did not change."""


@dataclass(frozen=True)
class Right:
    """A look that found nothing wrong: at which organisations, and at how many departments."""

    organisations: tuple[str, ...]
    departments: int


@dataclass(frozen=True)
class Kept:
    """What was found right in a workspace, and what stands in it now."""

    place: Path | None
    files: str
    """The digest of its files; empty where that cannot be said."""
    said: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Path) -> Kept:
        """Return it; nothing where there is none, or it cannot be read."""
        place = _place(workspace)
        return cls(place, _digest(workspace), _read(place) if place else {})

    def right(self, only: tuple[str, ...]) -> Right | None:
        """Return what the same look at the same files came to, if that was all right."""
        try:
            organisations, departments = self._looks()[_name(only)]
            return Right(tuple(map(str, organisations)), int(departments))
        except (ValueError, LookupError, TypeError):
            return None

    def sound(self) -> frozenset[tuple[str, bytes]]:
        """Return what was right piece by piece: for each check the digests of what it went by."""
        try:
            return frozenset(
                (check, bytes.fromhex(one)) for check, found in self.said["right"].items() for one in found
            )
        except (ValueError, LookupError, TypeError, AttributeError):
            return frozenset()

    def keep(
        self,
        workspace: Path,
        sound: frozenset[tuple[str, bytes]],
        only: tuple[str, ...],
        right: tuple[list[str], int] | None,
    ) -> None:
        """Keep what a look found right, where that can be done. ``right``: what it came to if nothing was wrong."""
        if self.place is None:
            return
        if right is not None and _digest(workspace) != self.files:
            # Somebody saved a file meanwhile: which of the two was looked at, nobody knows.
            right = None
        found: dict[str, list[str]] = {}
        for check, digest in sorted(sound):
            found.setdefault(check, []).append(digest.hex())
        said = {"code": _code(), "right": found, "whole": self._whole(only, right)}
        with suppress(OSError):
            self.place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=self.place.parent, delete=False, encoding="utf-8") as made:
                try:
                    with made:
                        json.dump(said, made)
                    Path(made.name).replace(self.place)
                except BaseException:
                    # No room for it, or somebody stopped the check: half of it is of no use to anybody.
                    Path(made.name).unlink(missing_ok=True)
                    raise

    def _whole(self, only: tuple[str, ...], right: tuple[list[str], int] | None) -> dict[str, Any]:
        return {"files": self.files, "looks": {**self._looks(), **({_name(only): right} if right else {})}}

    def _looks(self) -> Mapping[str, Any]:
        """Return what looks at these very files came to that found nothing wrong."""
        whole = self.said.get("whole")
        if not self.files or not isinstance(whole, dict) or whole.get("files") != self.files:
            return {}
        looks = whole.get("looks")
        return looks if isinstance(looks, dict) else {}


def _name(only: tuple[str, ...]) -> str:
    return " ".join(sorted(set(only)))


def _read(place: Path) -> Mapping[str, Any]:
    try:
        if place.stat().st_size > _LARGEST:
            return {}
        said = json.loads(place.read_text("utf-8"))
        return said if isinstance(said, dict) and said.get("code") == _code() else {}
    except (OSError, ValueError):
        return {}


def _place(workspace: Path) -> Path | None:
    given = os.environ.get("XDG_CACHE_HOME", "")
    try:
        room = Path(given) if given else Path.home() / ".cache"
    except RuntimeError:
        # Nobody in particular runs this.
        return None
    name = blake2b(os.fsencode(workspace.resolve()), digest_size=8).hexdigest()
    return room / _ROOM / f"checked-{name}.json"


def _digest(workspace: Path) -> str:
    """Return what tells the files of a workspace from any others: their names, and all that stands in them."""
    found, size = blake2b(digest_size=20), 0
    try:
        for folder in _FOLDERS:
            for path in _below(workspace / folder):
                content = b"" if path.is_dir() else path.read_bytes()
                size += len(content)
                if size > _MOST:
                    return ""
                name = os.fsencode(path.relative_to(workspace))
                found.update(b"%d %d %d " % (path.is_dir(), len(name), len(content)) + name + content)
    except (OSError, ValueError):
        return ""
    return found.hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    """Yield a folder and all in it, by name. Raises ``ValueError`` at what is no file and no folder."""
    if not folder.exists():
        return
    yield folder
    for entry in sorted(os.scandir(folder), key=lambda one: os.fsencode(one.name)):
        mode = entry.stat(follow_symlinks=False).st_mode
        if S_ISDIR(mode):
            yield from _below(Path(entry.path))
        elif S_ISREG(mode):
            yield Path(entry.path)
        else:
            raise ValueError(entry.path)


def _code() -> str:
    """Return what tells this Gehoor, with what it is installed beside, from another."""
    top = Path(gehoor.__file__).parent
    # Whatever is installed or taken away beside it changes the folder.
    beside = {Path(json.__file__).parent, *(Path(one) for one in sys.path if one.endswith("-packages"))}
    said = [sys.version, *(f"{one}:{_changed(one)}" for one in sorted(beside)), *sorted(_files(top))]
    return blake2b("\n".join(said).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _changed(place: Path) -> int:
    with suppress(OSError):
        return place.stat().st_mtime_ns
    return 0


def _files(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as found:
        for one in found:
            if one.is_dir(follow_symlinks=False):
                if one.name != "__pycache__":
                    yield from _files(Path(one.path))
            else:
                about = one.stat()
                yield f"{one.path}:{about.st_size}:{about.st_mtime_ns}"
