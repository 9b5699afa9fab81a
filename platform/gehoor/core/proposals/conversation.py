"""The conversation: what people agree on together, question by question, and where the answer of each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from gehoor.core.agreement.model import DOSSIER_FORM

Path: TypeAlias = "tuple[str | int, ...]"
_OWN_NAME: Final = "held-against"
"""What a thing is held against, it is also when it is called so."""
_INSIDE: Final[Mapping[str, Path]] = {"form": ("forms", DOSSIER_FORM)}
"""Where the parts of a kind of file stand in the document of a department, when not at its top."""
_NAMED_FILES: Final[Mapping[str, str]] = {"letter-to-complainant": "correspondence"}
"""A part of which there is one in each file of its kind, and under what they stand together in the document."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where an answer can stand, in canonical words: in which kind of file and under which keywords (``path``).

    ``each``: there are things by a name there, each an answer, if it has one of the values of ``having`` at a keyword
    (none given: any), and there are enough (``least``); ``one``: there is no need for more than one. ``ask``: for which
    keywords a form asks; none: it is a list. ``says``: at which keywords the sentences are that say it; ``keys``: what
    their keys begin with, where that does not follow. ``name``, ``begin``: what is added is called so, and says this;
    ``part``: in which shape, where it is a file of its own. ``said``: what its usual shape says otherwise; ``adding``:
    what is asked at once of what is added, beside its name (with a ? after it: it can be left open); None: what it
    cannot be without. ``to_read``: what is added says more than was asked, as is usual.
    ``own``: where a department says it for itself, where that is elsewhere in its file than in its document.
    """

    file: str
    path: Path
    ask: tuple[str, ...] = ()
    each: bool = False
    having: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: int = 1
    one: bool = False
    says: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    name: str = ""
    begin: Mapping[str, str] = field(default_factory=dict)
    own: Path = ()
    part: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    adding: tuple[str, ...] | None = None
    to_read: bool = False

    @property
    def in_document(self) -> Path:
        """Where it stands in the document of a department."""
        if self.path[0] in _NAMED_FILES:
            return (_NAMED_FILES[str(self.path[0])],)
        return (*_INSIDE.get(self.file, ()), *self.path)


@dataclass(frozen=True, slots=True)
class Question:
    """A question. ``line``: the sentence of the founding text that asks it, ``founding``: the numbers of those;
    ``needed``: without an answer nothing comes into force, so it cannot be given up; ``demand``: what the check calls
    it that tells what is missing."""

    name: str
    ask: str
    help: str
    example: str
    line: str
    founding: tuple[str, ...]
    at: tuple[Where, ...]
    needed: bool = False
    demand: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps of the founding text, with its questions."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """A place in the files of an organisation that a question is about: the file, and the path in its own words.
    ``title``: how people know what stands there. ``department``: whose own it is; empty: that of all. ``absent``:
    nothing stands there yet. ``grows``: things can be added to it."""

    file: str
    path: Path
    where: int
    title: str = ""
    department: str = ""
    absent: bool = False
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What a department answers: where that stands in its document, and why it is given up (empty: it is not)."""

    found: tuple[Path, ...]
    waived: str = ""


@dataclass(frozen=True)
class Asked:
    """A question to an organisation: what each department answers, and where that can be changed."""

    question: Question
    answers: Mapping[str, Answered]
    stands: tuple[Stand, ...]


@dataclass(frozen=True)
class Conversation:
    """The whole conversation of an organisation. ``waiving``: in which file, and under which word, it says what it
    gives up; ``waived``: the names that stand there."""

    steps: tuple[Step, ...]
    asked: tuple[Asked, ...]
    waiving: tuple[str, str]
    waived: tuple[str, ...] = ()


def found(document: Mapping[str, Any], question: Question) -> tuple[Path, ...]:
    """Return where a department answers a question: the paths in its document; none: it does not."""
    return tuple(path for where in question.at for path in answers(document, where))


def held(document: Mapping[str, Any], question: Question) -> tuple[Any, ...]:
    """Return what a department says to a question, as its document has it: the same for who answers the same."""
    own = (_at(document, where.own) for where in question.at if where.own)
    return (*(_at(document, path) for path in found(document, question)), *own)


def answers(document: Mapping[str, Any], where: Where) -> tuple[Path, ...]:
    """Return what answers at a place; nothing where there is too little."""
    path = where.in_document
    here = _at(document, path)
    if not here:
        return ()
    if where.each:
        things = tuple((*path, name) for name, one in here.items() if fits(str(name), one, where))
        return things if len(things) >= where.least else ()
    if where.ask:
        return (path,) if any(one in here for one in where.ask) else ()
    return (path,)


def fits(name: str, thing: Any, where: Where) -> bool:
    """Say whether a thing of this name is an answer at a place."""
    return isinstance(thing, Mapping) and all(
        (thing.get(keyword) in wanted or (keyword == _OWN_NAME and name in wanted))
        if wanted
        else keyword in thing
        for keyword, wanted in where.having.items()
    )


def keys(paths: Iterable[Path], question: Question) -> Iterator[str]:
    """Yield what the keys of the sentences are, or begin with, that say an answer."""
    there = tuple(paths)
    for where in question.at:
        own = where.in_document
        for path in there:
            if path[: len(own)] != own:
                continue
            begin = "/".join(map(str, path))
            if where.keys:
                yield from where.keys
            elif where.says:
                yield from (f"{begin}/{one}" for one in where.says)
            else:
                yield begin


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document.get(step) if isinstance(document, Mapping) else None
    return document
