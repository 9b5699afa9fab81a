"""The folder that agreements are kept in, beside the register: files go both ways."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from gehoor.bootstrap import FOLDERS, STARTER, SetupError, workspace
from gehoor.core.proposals.sources import LARGEST_FILE, SourcesError, organisation_of, refuse_unfit
from gehoor.loading.source.organisations import organisations


def folder_of(option: str | None) -> WorkspaceFolder | None:
    """Return the folder that a website publishes back to: what somebody named, or the workspace that is here; None:
    there is none, or nothing can be written there."""
    try:
        place = workspace(option)
    except SetupError:
        return None
    return WorkspaceFolder(place) if place != STARTER and os.access(place, os.W_OK) else None


def sources_in(place: Path, wanted: Iterable[str]) -> dict[str, dict[str, bytes]]:
    """Return the files of organisations in a workspace; not those of one that cannot be kept. Raises ``OSError``."""
    folder, found = WorkspaceFolder(place), {}
    for organisation in wanted:
        sources = folder.read(organisation)
        try:
            refuse_unfit(sources, organisation)
        except SourcesError:
            # A name that no browser may give, or too much: it is published all the same, and worked on as files.
            continue
        found[organisation] = sources
    return found


@dataclass(frozen=True)
class WorkspaceFolder:
    """The files of a workspace on this machine."""

    workspace: Path

    def organisations(self) -> list[str]:
        """Return the organisations that have files there."""
        return organisations(self.workspace)

    def read(self, organisation: str) -> dict[str, bytes]:
        """Return the files of an organisation, with those that organisations share. Raises ``OSError``."""
        known = self.organisations()
        return {
            file: (self.workspace / file).read_bytes()
            for file in self._files()
            if organisation_of(file, known) in (organisation, None)
        }

    def write(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[str, ...]:
        """Write what differs, where the folder still holds what was before, or holds it already. Returns the files that
        somebody changed there meanwhile: then nothing is written. Raises ``OSError``."""
        changed = [file for file in sorted({*before, *after}) if before.get(file) != after.get(file)]
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
                if any(part.startswith(".") for part in parts) or path.is_symlink() or not path.is_file():
                    continue
                if path.stat().st_size <= LARGEST_FILE and len(parts) > 2:
                    yield "/".join(parts)
