"""What the deciding questions propose that a message is, and what is kept of it when a dossier is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gehoor.core.agreement.model import Agreement, Kind
from gehoor.core.agreement.ways import Doubt, Outcome, Question, Walk, walk

DANGER: Final = frozenset({"gevaar", "danger"})
"""What the route is called that leads to what an agreement says under the keyword of that name."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the questions came to: a kind of message, and the question that decided (empty: none did)."""

    kind: str
    decided_by: str = ""

    def as_data(self) -> dict[str, str]:
        """Return what an event keeps of it."""
        return {"kind": self.kind, "decided_by": self.decided_by}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The questions of an agreement with some answers: those to ask, in order, and what they come to so far."""

    walk: Walk
    agreement: Agreement

    @property
    def outcome(self) -> Outcome | None:
        """What the message is, once that is decided."""
        return self.walk.outcome

    @property
    def kind(self) -> Kind | None:
        """The kind of message that is proposed."""
        return self.agreement.kinds.get(self.outcome.kind) if self.outcome else None

    @property
    def next(self) -> Question | None:
        """The question to ask now."""
        return self.agreement.questions[self.walk.missing] if self.walk.missing else None

    @property
    def decided_by(self) -> Question | None:
        """The question that decided; None when it is so because none did."""
        return self.agreement.questions[self.walk.decided_by] if self.walk.decided_by else None

    @property
    def decided_with(self) -> bool:
        """Whether the answer that decided was yes."""
        return self.decided_by is not None and self.decided_by.yes is self.outcome

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What other kinds it could be, by the questions that could not be answered."""
        return tuple(
            doubt
            for doubt in self.walk.doubts
            if self.outcome is None or doubt.outcome.kind != self.outcome.kind
        )

    @property
    def danger(self) -> bool:
        """Whether there is danger, or may be: the way of the message is that of danger, or a doubt leads there."""
        outcomes = [self.outcome, *(doubt.outcome for doubt in self.walk.doubts)]
        return any(one is not None and one.route.casefold() in DANGER for one in outcomes)

    @property
    def is_danger(self) -> bool:
        """Whether the way of the message is that of danger."""
        return self.outcome is not None and self.outcome.route.casefold() in DANGER

    @property
    def proposed(self) -> Proposed | None:
        """What is kept when a dossier is opened."""
        return Proposed(self.outcome.kind, self.walk.decided_by) if self.outcome else None


def asks_for_danger(agreement: Agreement) -> bool:
    """Say whether some question leads to the way of danger."""
    return bool(danger_answers(agreement))


def danger_answers(agreement: Agreement) -> dict[str, bool]:
    """Return the questions that ask for danger, each with the answer that says that there is."""
    return {
        question.id: answer
        for question in agreement.questions.values()
        for answer, of in ((False, question.no), (True, question.yes))
        if of is not None and of.route.casefold() in DANGER
    }


def propose(agreement: Agreement, answers: Mapping[str, bool | None]) -> Proposal:
    """Return what the deciding questions propose with these answers: yes, no, or None for "do not know"."""
    known = {name: answer for name, answer in answers.items() if name in agreement.questions}
    return Proposal(walk(agreement.questions, agreement.otherwise, known), agreement)


def kept_proposal(data: Mapping[str, Any]) -> Proposed | None:
    """Return what an event that opened a dossier keeps of a proposal, when it does."""
    kept = data.get("proposal")
    return Proposed(kept["kind"], kept["decided_by"]) if kept else None
