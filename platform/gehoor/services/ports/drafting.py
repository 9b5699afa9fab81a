"""The port to what reads files of agreements: they come from people, so it runs apart, within limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is to be said of files: where (a file; line and column from 1, 0: all of it), a code, and the
    sentence. ``serious``: with it nothing is published."""

    file: str
    line: int
    column: int
    code: str
    sentence: str
    serious: bool


@dataclass(frozen=True, slots=True)
class Department:
    """A department that files give: the canonical document of its agreement, and where its parts stand."""

    name: str
    document: Mapping[str, Any]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of files. With something serious there are no ``departments``."""

    told: tuple[Told, ...]
    departments: tuple[Department, ...]

    @property
    def is_sound(self) -> bool:
        """Say whether this could be published."""
        return bool(self.departments) and not any(one.serious for one in self.told)


class TooHeavySourcesError(Exception):
    """Reading these files takes too much: they are not judged."""


class Drafter(Protocol):
    """Reads the files of an organisation as they might become."""

    def judge(self, sources: Mapping[str, bytes], organisation: str) -> Judged:
        """Check files, and put agreements together from them. Raises ``TooHeavySourcesError``."""
        ...


class SourcesFolder(Protocol):
    """The folder with the files that the register was published from, where this server has one."""

    def read(self, organisation: str) -> Mapping[str, bytes]:
        """Return the files of an organisation, with those that organisations share. Raises ``OSError``."""
        ...

    def organisations(self) -> list[str]:
        """Return the organisations that have files there."""
        ...

    def write(self, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[str, ...]:
        """Write what differs, where the folder still holds what was before. Returns the files that somebody changed
        there meanwhile: then nothing is written. Raises ``OSError``."""
        ...
