"""Loading definition files, and keeping what a check found right for the next check."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import gehoor
from gehoor.loading.checks.analysis.incomplete_translations import Missing, missing_translations
from gehoor.loading.checks.sound import Sound
from gehoor.loading.load import LoadedWorkspace, Remembered, load_workspace
from gehoor.loading.workspace.organisation import organisations as listed

__all__ = ["LoadedWorkspace", "Missing", "check", "load", "organisations", "untranslated"]

_LARGEST: Final = 4_000_000
_ROOM: Final = "gehoor"


def load(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    """Load and check the organisations of a workspace, or only some, as if for the first time."""
    return load_workspace(workspace, only)


def check(workspace: Path, only: tuple[str, ...] = ()) -> LoadedWorkspace:
    """Load and check as ``load`` does. What an earlier check of this workspace found right, and stands there as it did,
    is not looked at again."""
    kept = _Kept(workspace)
    sound = Sound(kept.read())
    loaded = load_workspace(workspace, only, Remembered(sound=sound))
    kept.write(sound.asked | (sound.known if only else frozenset()))
    return loaded


def untranslated(loaded: LoadedWorkspace) -> list[Missing]:
    """Return the texts for people outside that lack a translation, each once for each language and place."""
    found = (missing_translations(one.provenance.whole, one.agreement) for one in loaded.departments)
    return list(dict.fromkeys(missing for of_one in found for missing in of_one))


def organisations(workspace: Path) -> list[str]:
    """Return the ids of the organisations in a workspace."""
    return listed(workspace)


@dataclass(frozen=True)
class _Kept:
    """What was found right in a workspace: digests, in the cache of whoever checks. Nothing of it comes with files that
    somebody else made, and another version of Gehoor looks at everything again."""

    workspace: Path

    def read(self) -> frozenset[tuple[str, bytes]]:
        """Return it; nothing where there is none, or it cannot be read."""
        place = self._place()
        try:
            if place is None or place.stat().st_size > _LARGEST:
                return frozenset()
            said = json.loads(place.read_text("utf-8"))
            if said["code"] != _code():
                return frozenset()
            return frozenset(
                (check, bytes.fromhex(one)) for check, found in said["right"].items() for one in found
            )
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return frozenset()

    def write(self, right: frozenset[tuple[str, bytes]]) -> None:
        """Keep it, where that can be done."""
        place = self._place()
        if place is None:
            return
        found: dict[str, list[str]] = {}
        for check, digest in sorted(right):
            found.setdefault(check, []).append(digest.hex())
        with suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=place.parent, delete=False, encoding="utf-8") as made:
                json.dump({"code": _code(), "right": found}, made)
            Path(made.name).replace(place)

    def _place(self) -> Path | None:
        given = os.environ.get("XDG_CACHE_HOME", "")
        try:
            room = Path(given) if given else Path.home() / ".cache"
        except RuntimeError:
            # Nobody in particular runs this.
            return None
        name = blake2b(os.fsencode(self.workspace.resolve()), digest_size=8).hexdigest()
        return room / _ROOM / f"checked-{name}.json"


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
