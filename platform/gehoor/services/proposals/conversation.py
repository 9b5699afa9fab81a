"""How each question of the conversation stands: what is answered, by which departments, and since when it is agreed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from threading import Lock
from typing import Any, Final, TypeAlias

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.proposals.conversation import Answered, Asked, Conversation, Question, found, held, keys
from gehoor.core.wording.chapters import Chapter, Sentence
from gehoor.services.ports.drafting import Judged
from gehoor.services.ports.records import Publication
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.enacted import Enacted, PastProposals
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import in_force, valid_from

Whole: TypeAlias = Callable[[Agreement], tuple[Chapter, ...]]
Since: TypeAlias = "tuple[Enacted | None, date | None]"
_Index: TypeAlias = dict[str, list[tuple[str, Sentence]]]
_KEPT: Final = 24
"""How many agreements in words are kept: putting a whole one in words takes a while."""
_FARTHEST: Final = 12
"""So many earlier publications are read to find since when something is agreed."""


class State(StrEnum):
    """How a question stands."""

    AGREED = "agreed"
    """It is answered as what is in force says."""
    PROPOSED = "proposed"
    """It is answered, and not in force yet."""
    TO_READ = "to-read"
    """Something was begun as is usual, and nobody saved it since: it is not in force yet."""
    DIFFERS = "differs"
    """Departments answer differently."""
    WAIVED = "waived"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences of an agreement about one thing. ``title``: how people know it; empty: it has none."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What some departments answer. ``how``, ``since``: how it came about, and from which day on it holds; None: it is
    not in force."""

    departments: tuple[str, ...]
    answered: bool
    waived: str
    words: tuple[Words, ...]
    how: Enacted | None = None
    since: date | None = None


@dataclass(frozen=True)
class Standing:
    """A question with how it stands. ``number``: its own, from 1; ``step``: the number of the step that it is of."""

    number: int
    step: int
    asked: Asked
    said: tuple[Said, ...]
    unread: bool = False

    @property
    def question(self) -> Question:
        """The question."""
        return self.asked.question

    @property
    def state(self) -> State:
        """How it stands."""
        if not any(one.answered for one in self.said):
            given_up = bool(self.said) and all(one.waived for one in self.said)
            return State.WAIVED if given_up else State.OPEN
        if len(self.said) > 1:
            return State.DIFFERS
        if self.said[0].since:
            return State.AGREED
        return State.TO_READ if self.unread else State.PROPOSED

    @property
    def is_open(self) -> bool:
        """Whether some department neither answers it nor gives it up."""
        return not self.said or any(not one.answered and not one.waived for one in self.said)


@dataclass
class _InWords:
    """Agreements in words, by their content and by what says them; the last asked for stay."""

    _found: OrderedDict[tuple[str, Whole], _Index] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, agreement: Agreement, whole: Whole) -> _Index:
        """Return the sentences of an agreement by what their keys begin with, each with the title it stands under."""
        key = agreement.hash, whole
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        made: _Index = {}
        for chapter in whole(agreement):
            for item in chapter.items:
                for one in item.sentences:
                    made.setdefault(one.key.partition("/")[0], []).append((item.title, one))
        with self._lock:
            self._found[key] = made
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
        return made


_IN_WORDS: Final = _InWords()


@dataclass
class _Past:
    """What was published for the departments of an organisation, read once."""

    register: Register
    runtime: Runtime
    whole: Whole
    now: datetime
    proposals: PastProposals
    _published: dict[tuple[str, str], list[Publication]] = field(default_factory=dict)
    _stored: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def since(self, place: tuple[str, str], question: Question, words: tuple[Words, ...]) -> Since:
        """Return how words came about as they are in force, and from when they hold; nothing where others are."""
        first: Publication | None = None
        for one in reversed(self._up_to_now(place)):
            if one.ended or self._words(one.agreement, question) != words:
                break
            first = one
        return (self.proposals.of(first), valid_from(first)) if first else (None, None)

    def _up_to_now(self, place: tuple[str, str]) -> list[Publication]:
        if place not in self._published:
            every: list[Publication] = []
            # Where one is damaged, nobody knows since when something was agreed.
            with suppress(DamagedError):
                every = self.runtime.library.publications(self.register, *place)
            current = in_force(every, self.now)
            last = every.index(current) + 1 if current else 0
            self._published[place] = every[max(0, last - 1 - _FARTHEST) : last]
        return self._published[place]

    def _words(self, digest: str, question: Question) -> tuple[Words, ...]:
        if digest not in self._stored:
            self._stored[digest] = _document(self.register, digest) or {}
        agreement = self.runtime.library.sound_agreement(self.register, digest)
        if agreement is None or not self._stored[digest]:
            return ()
        return _spoken(_IN_WORDS.of(agreement, self.whole), self._stored[digest], question)


def _document(register: Register, digest: str) -> Mapping[str, Any] | None:
    """Return what an agreement says; None where it is damaged or gone: that keeps nobody from what is sound."""
    with suppress(DamagedError):
        stored = register.agreement_document(digest)
        return stored[0] if stored else None
    return None


def standings(
    runtime: Runtime,
    register: Register,
    conversation: Conversation,
    judged: Judged | None,
    whole: Whole,
    of: tuple[str, datetime],
    only: str = "",
) -> list[Standing]:
    """Return each question with how it stands, or one (``only``, its name).

    ``judged``: what the files come to; with a mistake in them no sentence can be said. ``whole``: puts an agreement in
    words; ``of``: the organisation, and now.
    """
    organisation, now = of
    documents = {one.name: one.document for one in judged.departments} if judged else {}
    index = {
        one.name: _IN_WORDS.of(build_agreement(one.document, one.places), whole)
        for one in (judged.departments if judged else ())
    }
    staff = runtime.staff.of(register, now)
    past = _Past(register, runtime, whole, now, PastProposals(register, staff, organisation))
    steps = [number for number, step in enumerate(conversation.steps, 1) for _ in step.questions]
    return [
        Standing(
            number,
            step,
            asked,
            tuple(_said(asked, documents, index, past.since, organisation)),
        )
        for number, (step, asked) in enumerate(zip(steps, conversation.asked, strict=True), 1)
        if only in ("", asked.question.name)
    ]


def _said(
    asked: Asked,
    documents: Mapping[str, Mapping[str, Any]],
    index: Mapping[str, _Index],
    since: Callable[[tuple[str, str], Question, tuple[Words, ...]], Since],
    organisation: str,
) -> Iterator[Said]:
    groups: list[tuple[tuple[bool, str, tuple[Any, ...]], list[str]]] = []
    for department, answer in asked.answers.items():
        # Departments that say the same may be told in other words: a number has the code of its own.
        says = held(documents[department], asked.question) if department in documents else ()
        same = (bool(answer.found), _reason(answer), says)
        like = next((names for one, names in groups if one == same), None)
        if like is None:
            groups.append((same, [department]))
        else:
            like.append(department)
    for (answered, waived, _), departments in groups:
        first = departments[0]
        words = _spoken(index[first], documents[first], asked.question) if first in index and answered else ()
        how, day = since((organisation, first), asked.question, words) if words else (None, None)
        yield Said(tuple(departments), answered, waived, words, how, day)


def _reason(answer: Answered) -> str:
    return "" if answer.found else answer.waived


def _spoken(
    index: _Index, document: Mapping[str, Any], question: Question, *, public: bool = False
) -> tuple[Words, ...]:
    """Return what an agreement in words says to a question; ``public``: as far as it is for people outside."""
    wanted = tuple(dict.fromkeys(keys(found(document, question), question)))
    said: dict[str, list[str]] = {}
    for begin in dict.fromkeys(one.partition("/")[0] for one in wanted):
        for title, one in index.get(begin, ()):
            asked = any(one.key == key or one.key.startswith(f"{key}/") for key in wanted)
            if asked and (one.public or not public):
                said.setdefault(title, []).append(one.text)
    return tuple(Words(title, tuple(sentences)) for title, sentences in said.items())


def of_others(
    runtime: Runtime, register: Register, question: Question, whole: Whole, of: tuple[str, datetime]
) -> list[tuple[str, tuple[Words, ...]]]:
    """Return what other organisations agreed, of what they tell everybody: the name of each, and its words."""
    organisation, now = of
    others: list[tuple[str, tuple[Words, ...]]] = []
    seen = {organisation}
    for place in register.published_departments():
        if place[0] in seen:
            continue
        current = in_force(register.sound_publications(*place), now)
        if current is None or current.ended:
            continue
        stored = _document(register, current.agreement)
        agreement = runtime.library.sound_agreement(register, current.agreement)
        if stored is None or agreement is None:
            continue
        if words := _spoken(_IN_WORDS.of(agreement, whole), stored, question, public=True):
            seen.add(place[0])
            others.append((agreement.organisation_name, words))
    return others
