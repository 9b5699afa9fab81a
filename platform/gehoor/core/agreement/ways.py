"""The ways through the questions that decide what a message is: which are asked, and where each way ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Answers = tuple[tuple[str, bool], ...]
"""Answers in the order of the questions: question id, and whether it was yes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer decides: the kind of message, and where it goes when that is not the usual way."""

    kind: str
    route: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that decides what a message is. An answer without an outcome leads to the next question."""

    id: str
    question: str
    help: str = ""
    yes: Outcome | None = None
    no: Outcome | None = None


@dataclass(frozen=True, slots=True)
class MessageExample:
    """A message with the answers to the questions (question id -> yes), and the kind it must turn out to be."""

    message: str
    answers: Mapping[str, bool]
    expect: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One way through the questions. ``decided_by``: the last question; empty when none decided."""

    answers: Answers
    outcome: Outcome | None
    decided_by: str = ""


def ways(questions: Mapping[str, Question], otherwise: Outcome | None) -> tuple[Way, ...]:
    """Return every way there is, in the order of the questions, the one on which none decides last.

    A question that decides nothing makes no difference to any way, and is left out.
    """
    found: list[Way] = []
    so_far: Answers = ()
    for question in questions.values():
        outcomes = {True: question.yes, False: question.no}
        found += [
            Way((*so_far, (question.id, answer)), outcome, question.id)
            for answer, outcome in outcomes.items()
            if outcome is not None
        ]
        going_on = [answer for answer, outcome in outcomes.items() if outcome is None]
        if not going_on:
            return tuple(found)
        if len(going_on) == 1:
            so_far = (*so_far, (question.id, going_on[0]))
    return (*found, Way(so_far, otherwise))


def never_asked(questions: Mapping[str, Question]) -> tuple[str, ...]:
    """Return the questions that come after one that always decides."""
    order = list(questions)
    final = next((i for i, one in enumerate(questions.values()) if one.yes and one.no), len(order))
    return tuple(order[final + 1 :])


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question that somebody could not answer, and what the message would be had the answer been ``answer``."""

    question: str
    answer: bool
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Walk:
    """What comes of a set of answers. ``missing``: the question that is asked on this way and has no answer.
    ``doubts``: what questions that were answered with "do not know" could have decided."""

    asked: tuple[str, ...]
    outcome: Outcome | None
    decided_by: str = ""
    missing: str = ""
    doubts: tuple[Doubt, ...] = ()

    def needless(self, answers: Mapping[str, bool]) -> tuple[str, ...]:
        """Return the questions that were answered and are not asked on this way."""
        return tuple(name for name in answers if name not in self.asked)


def walk(
    questions: Mapping[str, Question], otherwise: Outcome | None, answers: Mapping[str, bool | None]
) -> Walk:
    """Go through the questions with these answers: the first with an outcome decides.

    None is "do not know": it decides nothing and leads on; where both answers would decide, nothing does.
    """
    asked: list[str] = []
    doubts: list[Doubt] = []
    for question in questions.values():
        asked.append(question.id)
        if question.id not in answers:
            return Walk(tuple(asked), None, missing=question.id, doubts=tuple(doubts))
        answer = answers[question.id]
        if answer is None:
            outcomes = {True: question.yes, False: question.no}
            doubts += [Doubt(question.id, said, of) for said, of in outcomes.items() if of is not None]
            if question.yes and question.no:
                return Walk(tuple(asked), None, doubts=tuple(doubts))
            continue
        outcome = question.yes if answer else question.no
        if outcome is not None:
            return Walk(tuple(asked), outcome, question.id, doubts=tuple(doubts))
    return Walk(tuple(asked), otherwise, doubts=tuple(doubts))
