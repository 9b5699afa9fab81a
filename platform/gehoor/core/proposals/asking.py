"""What can be chosen of a question that comes: for whom it is, what can be answered, and where it comes."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.proposals.sheets import Choice, Control


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of answer, as people know it. ``lists``: one has to say which choices there are."""

    name: str
    title: str
    lists: bool


@dataclass(frozen=True, slots=True)
class AskingForm:
    """A form that a question can come on. ``questions``: those after which it can come; ``is_dossier``: only who works
    here fills it in."""

    name: str
    title: str
    is_dossier: bool
    questions: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Whose:
    """For whom something can come. ``name``: of the department; empty: for all of them; ``files``: what changes."""

    name: str
    title: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Asking:
    """All that can be chosen. ``first``: what else is asked of a question at once; ``more``: what can be said of it."""

    whose: tuple[Whose, ...]
    kinds: tuple[AnswerKind, ...]
    forms: tuple[AskingForm, ...]
    first: tuple[Control, ...]
    more: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together. ``only``: the departments (as people know them) that alone have them; else
    ``phase``: in which they are filled in, empty: in none."""

    only: tuple[str, ...]
    phase: str
    fields: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A field of the dossier as people find it on its form. ``name``: as a report names it, with its list where it is a
    member of one; ``phase``: in which it is filled in, empty: in none; ``rows``: what the list is called that it is a
    member of; ``everywhere``: whether every department has it."""

    name: str
    title: str
    phase: str
    rows: str
    everywhere: bool


@dataclass(frozen=True)
class Ruling:
    """What can be chosen of a rule that comes. ``fields``: those that it can be about; ``effects``: the keywords of
    what it can do, each with what that is; ``groups``: the fields, by what they belong to."""

    whose: tuple[Whose, ...]
    fields: tuple[Choice, ...]
    effects: tuple[Choice, ...]
    groups: tuple[FieldGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class AdaptedTable:
    """A table of a chapter of a report. ``index``: where it stands among what the organisation adds; None: it comes
    with the chapter that was taken; ``dropped``: it is left out; ``internal``: it is only in the internal version;
    ``agreed_inside``: the report that is adapted says so already."""

    title: str
    index: int | None = None
    dropped: bool = False
    internal: bool = False
    agreed_inside: bool = False


@dataclass(frozen=True, slots=True)
class AdaptedChapter:
    """A chapter of a report as an organisation has it. ``index``: in which place it comes, also of those that are left
    out; ``taken``: what it is called in the report that is adapted, empty for one of its own."""

    index: int
    title: str
    taken: str
    asks: str
    dropped: bool
    internal: bool
    tables: tuple[AdaptedTable, ...]

    @property
    def key(self) -> str:
        """Return what it is known by, wherever it comes: no other chapter of the report has it."""
        return self.taken or self.title


@dataclass(frozen=True, slots=True)
class AdaptedReport:
    """A report as an organisation has it. ``files``: those that change when it does. ``path``: where its chapters stand
    in the first of them, empty as long as they come as they are from a file of others; ``figures``: the keyword of
    tables there."""

    name: str
    title: str
    files: tuple[str, ...]
    chapters: tuple[AdaptedChapter, ...]
    path: tuple[str, ...] = ()
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """What a report counts by and an organisation has not. ``group``: of which kind (``fields``, ``milestones``,
    ``terms``); ``name``: as the file has it; ``tables``: those that count by it, empty where all of the report does."""

    group: str
    name: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A report or a standard of a file that organisations share, to be used as it is. ``name``: of its file;
    ``section``: what it is (``reports`` or ``standards``); ``ids``: of the reports in it; ``holds``: its chapters, or
    what it asks; ``files``: those that change where it is used or no longer is."""

    name: str
    section: str
    title: str
    applies_to: str
    source: str
    certainty: str
    ids: tuple[str, ...]
    holds: tuple[str, ...]
    used: bool
    lacks: tuple[Lack, ...]
    files: tuple[str, ...]
