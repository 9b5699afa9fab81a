"""The port to what reads files of agreements: they come from people, so it runs apart, within limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from gehoor.core.proposals.asking import AdaptedReport, Asking, FieldPlace, ReadyMade, Ruling
from gehoor.core.proposals.conversation import Conversation
from gehoor.core.proposals.sheets import Examples, FileOutline, Hit, Sheet, Untold, Use


@dataclass(frozen=True, slots=True)
class Told:
    """Something that is to be said of files: where (a file; line and column from 1, 0: all of it), a code, and the
    sentence. ``serious``: with it nothing is published; ``asks``: the keywords that have to be there, in the words of
    the file."""

    file: str
    line: int
    column: int
    code: str
    sentence: str
    serious: bool
    asks: tuple[str, ...] = ()


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


class BusyDrafterError(TooHeavySourcesError):
    """Files of others are being read, and enough already wait: nothing was looked at, and later it can be."""


class NoSuchPlaceError(LookupError):
    """There is no such place in these files, or its file cannot be read as what it should be."""


class SheetRefusedError(ValueError):
    """What was filled in cannot be written. ``word``: at which keyword, empty: as a whole; ``reason``: ``name``
    (nothing can be called so), ``snippet`` (it cannot be read), ``choices`` (there is nothing to choose from),
    ``text-only`` (this is only changed as a text); of an example of a rule ``never`` (it cannot fire), ``already``
    (other rules do the same), ``unsaid`` (no example can say what it does)."""

    def __init__(self, word: str, reason: str) -> None:
        super().__init__(f"{word}: {reason}")
        self.word = word
        self.reason = reason


class Act(StrEnum):
    """What is done at a place of a file."""

    FILL = "fill"
    ADD = "add"
    REMOVE = "remove"
    MOVE = "move"
    RENAME = "rename"
    DEPARTMENT = "department"
    """A department more, called ``name``: no file or path is asked."""
    QUESTION = "question"
    """A question more on a form: no file or path is asked."""
    RULE = "rule"
    """A rule more: no file or path is asked."""
    ADAPT = "adapt"
    """Every chapter of a report (``name``) stands by itself in a file of the organisation: no file or path is asked."""
    USE = "use"
    """A report or standard (``kind``) of a file that organisations share (``name``) is used: no file or path is
    asked."""
    LEAVE = "leave"
    """It is no longer used: no file or path is asked."""
    EXAMPLE = "example"
    """An example that shows the rule at a place."""
    SAY = "say"
    """A text under a name (``name``): what was typed is in ``given`` under an empty word."""


@dataclass(frozen=True)
class SheetEdit:
    """What somebody did with a sheet: at which place. ``given``: what was typed at keywords, in the words of the file;
    ``name``: of what is added or renamed; ``to``: the index that something is moved to."""

    act: Act
    file: str
    path: tuple[str | int, ...]
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    name: str = ""
    to: int = 0
    department: str = ""
    """Of what is added: for which department alone; empty: for all."""
    start: str = ""
    """Of what is added to a list of things of several kinds: the keyword that says which kind."""
    begin: Mapping[str, str] = field(default_factory=dict)
    """Of what is added: what it says from the start, in canonical words."""
    said: Mapping[str, str] = field(default_factory=dict)
    """Of what is added: what its usual shape says otherwise."""
    part: str = ""
    """Of what is added as a file of its own: in which shape (of ``gehoor add``)."""
    grows: bool = False
    """Whether nothing has to stand there yet."""
    after: str | int | None = None
    """Of what is added: after what it comes in its group or list; None: at the end."""
    form: str = ""
    """Of a question: the form that it comes on."""
    kind: str = ""
    """Of a question: what can be answered. Of what is used: ``reports`` or ``standards``."""
    choices: Sequence[str] = ()
    """Of a question: what one chooses from."""
    must: bool = False
    """Of a question: whether it has to be answered."""
    fields: Sequence[str] = ()
    """Of a rule: the fields that it is about."""


@dataclass(frozen=True)
class EditedFiles:
    """The files that an edit changes, as they become, and the place of what it was about."""

    files: Mapping[str, bytes]
    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of who begins an organisation. ``choices``: where only these can be answered."""

    name: str
    ask: str
    default: str
    choices: tuple[str, ...] = ()


class AnswerRefusedError(ValueError):
    """An answer that no files can be made with. ``question``: its name; ``meant``: of an answer that is no duration,
    the sentence that asks what may be meant (empty: nobody knows); None: it is no name."""

    def __init__(self, question: str, meant: str | None = None) -> None:
        super().__init__(question)
        self.question = question
        self.meant = meant


class Drafter(Protocol):
    """Reads the files of an organisation as they might become."""

    def judge(self, sources: Mapping[str, bytes], organisation: str) -> Judged:
        """Check files, and put agreements together from them. Raises ``TooHeavySourcesError``."""
        ...

    def outline(self, sources: Mapping[str, bytes], organisation: str) -> tuple[FileOutline, ...]:
        """Return what stands in each file. Raises ``TooHeavySourcesError``."""
        ...

    def find(self, sources: Mapping[str, bytes], organisation: str, asked: str) -> tuple[Hit, ...]:
        """Return where words are said in files. Raises ``TooHeavySourcesError``."""
        ...

    def sheet(
        self,
        sources: Mapping[str, bytes],
        organisation: str,
        file: str,
        path: tuple[str | int, ...],
        *,
        grows: bool = False,
    ) -> Sheet:
        """Return what stands at a place of a file; with ``grows`` also where nothing stands yet. Raises
        ``NoSuchPlaceError`` and ``TooHeavySourcesError``."""
        ...

    def uses(
        self, sources: Mapping[str, bytes], organisation: str, file: str, path: tuple[str | int, ...]
    ) -> tuple[Use, ...]:
        """Return where a thing at a place of a file is named. Raises ``NoSuchPlaceError`` and
        ``TooHeavySourcesError``."""
        ...

    def conversation(self, sources: Mapping[str, bytes], organisation: str, asked: str = "") -> Conversation:
        """Return what files answer to each question. ``asked``: of which question it is said where the answer can be
        changed. Raises ``TooHeavySourcesError``."""
        ...

    def examples(self, sources: Mapping[str, bytes], organisation: str) -> Mapping[str, Examples]:
        """Return for each department the examples that show its rules; nothing where files cannot be published. Raises
        ``TooHeavySourcesError``."""
        ...

    def untold(self, sources: Mapping[str, bytes], organisation: str) -> tuple[Untold, ...]:
        """Return the texts that lack a translation. Raises ``TooHeavySourcesError``."""
        ...

    def edit(self, sources: Mapping[str, bytes], organisation: str, wanted: SheetEdit) -> EditedFiles:
        """Return what an edit makes of files. Raises ``NoSuchPlaceError``, ``SheetRefusedError`` and
        ``TooHeavySourcesError``."""
        ...

    def asking(self, sources: Mapping[str, bytes], organisation: str) -> Asking:
        """Return what can be chosen of a question that comes. Raises ``TooHeavySourcesError``."""
        ...

    def ruling(self, sources: Mapping[str, bytes], organisation: str, department: str) -> Ruling:
        """Return what can be chosen of a rule that comes. ``department``: of which the fields are; empty: of the first.
        Raises ``TooHeavySourcesError``."""
        ...

    def reports(self, sources: Mapping[str, bytes], organisation: str) -> tuple[AdaptedReport, ...]:
        """Return the reports with their chapters as they come. Raises ``TooHeavySourcesError``."""
        ...

    def field_places(self, sources: Mapping[str, bytes], organisation: str) -> tuple[FieldPlace, ...]:
        """Return the fields of the dossier, by phase and as they come on its form. Raises
        ``TooHeavySourcesError``."""
        ...

    def ready_made(self, sources: Mapping[str, bytes], organisation: str) -> tuple[ReadyMade, ...]:
        """Return the reports and standards of files that organisations share, also those that are not used. Raises
        ``TooHeavySourcesError``."""
        ...

    def questions(self) -> tuple[Question, ...]:
        """Return what is asked of who begins an organisation, in order. Raises ``TooHeavySourcesError``."""
        ...

    def first_files(
        self, answers: Mapping[str, str], today: date, taken: Sequence[str]
    ) -> tuple[str, Mapping[str, bytes]]:
        """Return the id of a new organisation and its first files, from a few answers. ``taken``: the codes that
        departments have already. Raises ``AnswerRefusedError`` and ``TooHeavySourcesError``."""
        ...


@dataclass(frozen=True, slots=True)
class Preview:
    """A website on which a proposal is tried: where it begins, and as whom one signs in there, with every role."""

    address: str
    user: str
    password: str


class Previewer(Protocol):
    """Opens websites on which proposals are tried: with registers of their own, that are thrown away."""

    def preview(self, organisation: str, tree: str, title: str) -> Preview:
        """Return where a tree of files is tried."""
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
