"""A sheet: what can be filled in at one place of a file, and what stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What stands at a place."""

    GROUP = "group"
    """Keywords that the platform knows, each with a control."""
    NAMED = "named"
    """Things by a name that somebody chose: roles, terms, fields."""
    LIST = "list"
    """Things in an order."""
    CONDITION = "condition"
    """What is asked of a dossier: one control, without a keyword."""
    VALUE = "value"
    """Anything else: it is shown as it is typed."""


class Kind(StrEnum):
    """How something is filled in."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    YES_NO = "yes-no"
    CHOICE = "choice"
    CHOICES = "choices"
    """Some of a few; what is ``alone`` among them goes with none of the others."""
    LINES = "lines"
    """A list, a line for each."""
    SNIPPET = "snippet"
    """As it is typed in the file."""
    CONDITION = "condition"
    """Rows, each with a field, how it is compared, and with what."""
    PART = "part"
    """A sheet of its own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen. ``value``: as the file has it."""

    value: str
    label: str
    alone: bool = False


def told_apart(named: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Return choices by value and what people call them; where several are called the same, with the value beside
    it."""
    every = tuple(named)
    often = Counter(said for _, said in every)
    return tuple(
        Choice(value, said if often[said] == 1 or said == value else f"{said} ({value})")
        for value, said in every
    )


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """What a condition asks of a field. ``field``: as the file has it; ``kind``: how what it is compared with is filled
    in, ``PART`` where that is more than a row can show; ``way``: how it is compared, one of ``ways``; ``texts``: with
    what; ``values``: the answers that the field can have, where those are few; ``exists``: whether it is there."""

    field: str
    label: str
    kind: Kind
    way: str
    ways: tuple[Choice, ...]
    texts: tuple[str, ...]
    values: tuple[Choice, ...]
    exists: bool


@dataclass(frozen=True, slots=True)
class Control:
    """A keyword of a group. ``word``: as the file has it; ``texts``: what stands there, as it is typed (one, or one for
    each of a list); ``present``: whether it stands there at all; ``hint``: how a value is written; ``keyword``: its
    canonical word; ``grows``: it would be a sheet of its own, as soon as anything stands there; ``usual``: what is
    proposed where it has to be said."""

    word: str
    label: str
    help: str
    kind: Kind
    texts: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    required: bool = False
    present: bool = True
    example: str = ""
    hint: str = ""
    summary: str = ""
    """Of a part: what is in it, shortly."""
    asked: tuple[ConditionRow, ...] = ()
    """Of a condition: what it asks of fields."""
    parts: tuple[Control, ...] = ()
    """Of a condition: what else stands in it."""
    line: int = 0
    column: int = 0
    """Where its keyword stands (from 1); 0: nowhere yet."""
    groups: tuple[Choice, ...] = ()
    """Of a condition: the keywords under which alternatives stand. ``choices`` are the fields that it can be about."""
    keyword: str = ""
    answers: bool = False
    """Of a condition: that it asks nothing, and says what is answered to fields."""
    grows: bool = False
    usual: tuple[str, ...] = ()
    form: str = ""
    """The format of what is typed; empty: none that a text is read by."""


@dataclass(frozen=True, slots=True)
class Item:
    """A thing among others. ``step``: its key, or its index."""

    step: str | int
    title: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Crumb:
    """A place that leads to a sheet."""

    title: str
    path: tuple[str | int, ...]


@dataclass(frozen=True)
class Sheet:
    """What stands at a place of a file. ``text``: as it is typed there; ``line``: where (from 1). ``more``: the
    keywords of the group that are not there yet; ``subject``: what its sentences in the agreement begin with."""

    file: str
    path: tuple[str | int, ...]
    shape: Shape
    title: str
    help: str
    text: str
    line: int
    crumbs: tuple[Crumb, ...]
    controls: tuple[Control, ...] = ()
    more: tuple[Control, ...] = ()
    items: tuple[Item, ...] = ()
    subject: str = ""
    departments: tuple[Choice, ...] = ()
    """The departments for which alone a thing can be added here."""
    starts: tuple[Choice, ...] = ()
    """Of a list of things of several kinds: the keywords that say which kind."""
    names: tuple[Choice, ...] = ()
    """Of a list of things that begin with the name of another: the names there are."""
    above: tuple[Choice, ...] = ()
    """Of things by name: those that hold without being named here, of which something can be said otherwise."""
    places: tuple[Choice, ...] = ()
    """Of questions: those after which one more can come, in their order."""
    fresh: tuple[Control, ...] = ()
    """Of things by name or in an order: what can be said of one more, beside its name."""
    begins: int = 0
    """On which line its key stands, if it has one (from 1)."""
    is_removable: bool = False
    """Whether it can be taken away: nothing says that it has to be there."""
    is_named: bool = False
    """Whether its name is one that somebody chose here."""
    is_text: bool = False
    """Of a value: whether it is a text that people write, as ``text`` has it; else it is shown as it is typed."""
    is_otherwise: bool = False
    """Whether it only says what is otherwise than what holds above."""

    def holds(self, file: str, line: int) -> bool:
        """Say whether a line of a file is one of this sheet."""
        last = self.line + self.text.count("\n")
        return file == self.file and (self.begins or self.line) <= line <= last


@dataclass(frozen=True, slots=True)
class Use:
    """Where a thing is named: a file, a line (from 1), and what stands there."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example of rules: what it is about, where it stands, and which rules it shows: without one of those it would
    not be right."""

    case: str
    file: str
    line: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of a department, and the rules that none of them shows. ``idle``: those that act in an example that
    would be right without them too."""

    shown: tuple[ShownExample, ...]
    unshown: tuple[str, ...]
    idle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Untold:
    """A text that lacks a translation. ``of_form``: it is translated where it stands (``file``, ``line``); else in the
    list of sentences of the organisation. ``path``: where its translations stand in that file, by keyword; empty: they
    are only written in the text of the file."""

    language: str
    text: str
    file: str
    line: int
    of_form: bool
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What stands at the top of a file. ``count``: how many things it holds; 0: it is one thing."""

    word: str
    label: str
    help: str
    shape: Shape
    items: tuple[Item, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class FileOutline:
    """A file, with what stands in it. ``kind``: what kind of file it is; empty: it cannot be read as one."""

    file: str
    kind: str
    title: str
    says: str
    sections: tuple[Section, ...]
    readable: bool

    def path_at(self, line: int) -> tuple[str | int, ...]:
        """Return what stands at a line: the last thing that begins there or before; all of the file where nothing
        does."""
        before = [one for one in self.sections if one.line <= line]
        if not before:
            return ()
        inside = [one.step for one in before[-1].items if one.line <= line]
        return (before[-1].word, *inside[-1:])


@dataclass(frozen=True, slots=True)
class Hit:
    """A place at which something was found. ``titles``: what it stands in and what it is, as people know it;
    ``text``: what stands there."""

    file: str
    path: tuple[str | int, ...]
    titles: tuple[str, ...]
    text: str
