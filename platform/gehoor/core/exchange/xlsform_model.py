"""What an XLSForm comes to: fields of ours, and what of it could not be taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"


@dataclass(frozen=True, slots=True)
class Untaken:
    """Something that could not be taken over, or not as it was: in which sheet and row, what it is called, a code, and
    the part that it is about."""

    sheet: str
    row: int
    name: str
    code: str
    part: str = ""


@dataclass(frozen=True)
class Step:
    """Questions that stood in a group: their names, and what the group is called."""

    fields: tuple[str, ...]
    name: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class TakenForm:
    """A form as fields (canonical keywords of JSON Schema and ours, by name), which of them are required, what stands
    together, and what could not be taken over."""

    title: str
    translations: Mapping[str, Mapping[str, str]]
    fields: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...]
    steps: tuple[Step, ...]
    untaken: tuple[Untaken, ...]


class NoXlsFormError(ValueError):
    """A workbook is no XLSForm: it has no sheet ``survey`` with questions (``survey``), or more than fit (``many``)."""


def told_of(form: TakenForm) -> Iterator[Untaken]:
    """Give what could not be taken over, in the order of the sheets."""
    yield from sorted(form.untaken, key=lambda one: (one.sheet != SURVEY, one.row))
