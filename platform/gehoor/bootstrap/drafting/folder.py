"""The folder that agreements are kept in, beside the register: files go both ways."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from gehoor.bootstrap import FOLDERS, STARTER, SetupError, workspace
from gehoor.core.proposals.sources import (
    LARGEST_FILE,
    MOST_FILES,
    SourcesError,
    is_fit,
    organisation_of,
    refuse_unfit,
)
from gehoor.loading.source.files import ENDINGS
from gehoor.loading.source.organisations import organisations


def folder_of(option: str | None) -> WorkspaceFolder | None:
    """Return the folder that a website publishes back to: what somebody named, or the workspace that is here; None:
    there is none, or nothing can be written there."""
    try:
        place = workspace(option)
    except SetupError:
        return None
    return WorkspaceFolder(place) if place != STARTER and os.access(place, os.W_OK) else None


@dataclass(frozen=True)
class FoundSources:
    """The files of organisations in a folder. ``unkept``: the organisations whose files cannot be kept, each with the
    file that keeps them from it (empty: all together are too much); ``left_out``: files that are no agreements, and
    cannot be kept: they stay in the folder."""

    sources: dict[str, dict[str, bytes]]
    unkept: dict[str, str]
    left_out: tuple[str, ...]


def sources_in(place: Path, wanted: Iterable[str]) -> FoundSources:
    """Return the files of organisations in a workspace. Raises ``OSError``."""
    folder = WorkspaceFolder(place)
    found: dict[str, dict[str, bytes]] = {}
    unkept: dict[str, str] = {}
    left_out: dict[str, None] = {}
    for organisation in wanted:
        left_out |= dict.fromkeys(folder.left_out(organisation))
        # What cannot be kept is published all the same, and worked on as files.
        try:
            sources = folder.read(organisation)
            refuse_unfit(sources, organisation)
        except LinkedFileError as error:
            unkept[organisation] = str(error)
        except SourcesError as error:
            unkept[organisation] = error.file
        else:
            found[organisation] = sources
    return FoundSources(found, unkept, tuple(left_out))


class LinkedFileError(OSError):
    """A file of an agreement is a link, or stands in a folder that is one: what it leads to may be of anybody."""


@dataclass(frozen=True)
class WorkspaceFolder:
    """The files of a workspace on this machine."""

    workspace: Path

    def organisations(self) -> list[str]:
        """Return the organisations that have files there."""
        return organisations(self.workspace)

    def read(self, organisation: str) -> dict[str, bytes]:
        """Return the files of an organisation, with those that organisations share; not what is no agreement and cannot
        be kept. Raises ``OSError``, of which ``LinkedFileError`` is one."""
        found: dict[str, bytes] = {}
        for file in self._of(organisation):
            if self._keeps(file):
                if self._is_linked(file):
                    raise LinkedFileError(file)
                with (self.workspace / file).open("rb") as stream:
                    # A little more than may be: enough for whoever looks at it to refuse it.
                    found[file] = stream.read(LARGEST_FILE + 1)
                if len(found) > MOST_FILES or len(found[file]) > LARGEST_FILE:
                    break
        return found

    def left_out(self, organisation: str) -> list[str]:
        """Return the files of an organisation that ``read`` leaves out. Raises ``OSError``."""
        return [file for file in self._of(organisation) if not self._keeps(file)]

    def write(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[str, ...]:
        """Write what differs, where the folder still holds what was before, or holds it already. Returns the files that
        somebody changed there meanwhile: then nothing is written. Raises ``OSError``."""
        changed = [file for file in sorted({*before, *after}) if before.get(file) != after.get(file)]
        if linked := tuple(file for file in changed if self._is_linked(file)):
            # Where a link leads, nobody asked to write.
            return linked
        there = {file: self._content(file) for file in changed}
        if others := tuple(one for one in changed if there[one] not in (before.get(one), after.get(one))):
            return others
        for file in changed:
            if file not in after:
                (self.workspace / file).unlink(missing_ok=True)
            elif there[file] != after[file]:
                self._put(file, after[file])
        return ()

    def _content(self, file: str) -> bytes | None:
        try:
            return (self.workspace / file).read_bytes()
        except FileNotFoundError:
            return None

    def _put(self, file: str, content: bytes) -> None:
        path = self.workspace / file
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".gehoor-", delete=False) as made:
            made.write(content)
            made.flush()
            os.fsync(made.fileno())
        if path.exists():
            Path(made.name).chmod(path.stat().st_mode & 0o777)
        else:
            Path(made.name).chmod(0o644)
        Path(made.name).replace(path)

    def _files(self) -> Iterator[str]:
        for folder in FOLDERS:
            for path in sorted((self.workspace / folder).rglob("*")):
                parts = path.relative_to(self.workspace).parts
                if any(part.startswith(".") for part in parts):
                    continue
                if path.is_symlink() or (path.is_file() and len(parts) > 2):
                    yield "/".join(parts)

    def _of(self, organisation: str) -> Iterator[str]:
        known = self.organisations()
        return (file for file in self._files() if organisation_of(file, known) in (organisation, None))

    def _keeps(self, file: str) -> bool:
        path = self.workspace / file
        if file.endswith(ENDINGS) or path.is_dir():
            # Without it the others are not what was agreed: that is for whoever keeps them to refuse.
            return True
        return is_fit(file) and not self._is_linked(file) and path.stat().st_size <= LARGEST_FILE

    def _is_linked(self, file: str) -> bool:
        """Say whether a file, or a folder that it is in, is a link: it may lead anywhere."""
        path = self.workspace / file
        return any(one.is_symlink() for one in (path, *list(path.parents)[: file.count("/")]))
