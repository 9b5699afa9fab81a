"""A dossier that needs attention: what lists keep of it, read only as far as it takes to do what is called for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gehoor.core.decision.coming_actions import ComingActions, RunningTerm
from gehoor.core.decision.model import FIRST_OCCURRENCE
from gehoor.core.dossier.events import Event, instant_text
from gehoor.services.ports.documents import AHEAD, full_term
from gehoor.services.ports.instants import to_instant
from gehoor.services.ports.store import Document


@dataclass(frozen=True, slots=True)
class Attention:
    """A dossier that needs attention, by its ``document`` among the summaries."""

    document: Document

    @property
    def id(self) -> str:
        """Return what it is called in the register."""
        return str(self.document["id"])

    @property
    def organisation(self) -> str:
        """Return where it is."""
        return str(self.document["organisation"])

    @property
    def department(self) -> str:
        """Return where in the organisation it is."""
        return str(self.document["department"])

    @property
    def number(self) -> str:
        """Return what people call it."""
        return str(self.document["number"])

    @property
    def agreement(self) -> str:
        """Return the hash of the agreement that it is under."""
        return str(self.document["agreement"])

    @property
    def last(self) -> tuple[int, str] | None:
        """Return the sequence and hash of its last event; None where it has to be decided what its terms call for."""
        head = self.document.get("head")
        return (self.document["version"], head) if head else None

    @property
    def excluded(self) -> Sequence[str]:
        """Return the accounts for which it does not exist."""
        found: Sequence[str] = self.document.get("excluded", ())
        return found

    @property
    def handlers(self) -> Sequence[str]:
        """Return who handles it, the first first."""
        first = str(self.document.get("handler", ""))
        return (first, *self.document.get("beside", ())) if first else ()

    @property
    def clearance(self) -> str:
        """Return the key of what somebody needs for it to exist for them; empty: nothing more."""
        return str(self.document.get("clearance", ""))

    @property
    def code_hash(self) -> str | None:
        """Return the hash of its follow-up code."""
        return self.document.get("code_hash")

    def running_terms(self) -> list[RunningTerm]:
        """Return its terms as they run."""
        return [
            RunningTerm(
                term["term"],
                term.get("occurrence", FIRST_OCCURRENCE),
                term["due"],
                to_instant(term["late_at"]),
                term["responsible"],
                tuple(term.get("ahead", ())),
                term.get("row", 0),
                tuple(term.get("named", ())),
            )
            for term in map(full_term, self.document.get("terms", ()))
        ]

    def after(self, coming: ComingActions, events: Sequence[Event]) -> Document:
        """Return its document once what came is done, in these events: nothing else of it changed."""
        kept = self.document.get("terms", ())
        after = {
            **self.document,
            "attention_at": instant_text(coming.next_at) if coming.next_at else None,
            "terms_missed": self.document["terms_missed"] + coming.missed,
            "terms": [
                [*term[:AHEAD], list(left.ahead), *term[AHEAD + 1 :]]
                for term, left in zip(kept, coming.terms, strict=True)
            ],
        }
        if events:
            last = events[-1]
            after |= {"version": last.sequence, "head": last.hash, "changed_at": instant_text(last.at)}
        return after
