"""What comes in: a form that was filled in, a dossier that another department sent on; and what its sender gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from gehoor.core.agreement.classification import Proposed
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.dossier.relations import Origin, Relations
from gehoor.core.forms.fields import StoredValue
from gehoor.core.letters.model import RECEIVED
from gehoor.core.letters.places import CODE, places_in
from gehoor.services.access.authorisation import Actor
from gehoor.services.ports.records import Message
from gehoor.services.recording.attachments import NewFile
from gehoor.services.recording.brought_in import BroughtIn
from gehoor.services.register.register import Register


@dataclass(frozen=True, slots=True)
class CameOn:
    """The dossier of another department that this one comes from: ``place`` is what people call that department;
    ``has_code``: whoever told it has a follow-up code, that leads on to this one."""

    dossier: str
    number: str
    place: str
    has_code: bool

    @property
    def relations(self) -> Relations:
        """Return what the new dossier has to do with it from the beginning."""
        return Relations(came_from=Origin(self.dossier, self.number, self.place))

    @property
    def event(self) -> NewEvent:
        """Return what happens to the new dossier because of it."""
        data = {"dossier": self.dossier, "number": self.number, "place": self.place}
        return NewEvent(EventKind.CAME_ON, data)


class Acknowledging(Protocol):
    """Says by e-mail to whoever told something that it came in, at once and read by nobody first."""

    def key(
        self, register: Register, agreement: Agreement, dossier: Dossier, now: datetime, *, by_mail: bool
    ) -> str:
        """Return what the e-mail about a dossier is called; an empty text where none goes. ``by_mail``: it came in an
        e-mail."""
        ...

    def message(
        self, about: tuple[Agreement, Dossier, Decision], now: datetime, key: str, code_of: str
    ) -> Message | None:
        """Return the e-mail; without a ``key`` one that does not go, and says why. ``code_of``: see ``Message``."""
        ...


def mails_code(agreement: Agreement) -> bool:
    """Say whether the follow-up code is in the e-mail that says that something came in."""
    template = agreement.correspondence.get(agreement.notices.get(RECEIVED, ""))
    texts = [one.text for one in template.passages] if template else []
    return any(word == CODE for text in texts for _position, word in places_in(text))


@dataclass(frozen=True)
class Opening:
    """A filled-in form. ``key`` names the rendered form, and files that came earlier wait under it. ``actor_name`` is
    how people know the actor; both are empty for someone from outside."""

    organisation: str
    department: str
    form: str
    answers: Mapping[str, Any]
    key: str
    actor: Actor | Literal[""] = ""
    actor_name: str = ""
    files: tuple[NewFile, ...] = ()
    """The files that came with the form; those of them that stand in ``answers`` are kept."""
    proposal: Proposed | None = None
    """What the deciding questions came to, when they were asked."""
    once: str = ""
    """Names what was sent: the form and what was in it. Sent twice, it opens one dossier. Empty: the key says enough,
    because whoever chose it gives it to one message only."""

    language: str = ""
    """The language in which somebody told it, where that is known: letters go in it."""
    came_on: CameOn | None = None
    """From where it was sent on, if it was: nobody asks then whether whoever sends it registers there."""

    brought: BroughtIn | None = None
    """From which register elsewhere it is brought in, if it is: then its answers are those of there, and no others."""
    hears_code: bool = True
    """Whether whoever tells it hears the follow-up code at once. Nobody gets one that nobody hears or is sent: what is
    written to be read with it would reach nobody."""
    all_meant: bool = False
    """Whether each answer was meant, also one that is not asked beside the others: then it is refused, not left out."""
    acknowledging: Acknowledging | None = None
    """Says by e-mail that it came in, to somebody outside and where that was agreed."""

    @property
    def meant(self) -> Mapping[str, Any]:
        """Return the answers of which none may be left out."""
        return self.answers if self.all_meant else {}

    def event(
        self,
        agreement: Agreement,
        values: Mapping[str, StoredValue],
        found: Mapping[str, Any],
        *,
        has_code: bool,
    ) -> NewEvent:
        """Return what opens its dossier, still without a number. ``found``: what the register gave."""
        return NewEvent(
            EventKind.OPENED,
            {
                "organisation": agreement.organisation,
                "department": agreement.department,
                "form": self.form,
                "number": "",
                "values": dict(values),
                "follow_up": has_code,
                **({"proposal": self.proposal.as_data()} if self.proposal else {}),
                **found,
            },
        )

    @property
    def sent_as(self) -> str:
        """Return by what it is known that this was sent before."""
        return self.once or self.key


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets: the dossier's id and number, and the follow-up code where one is given. ``before``: it was
    sent before, and nothing came of it now."""

    dossier: str
    number: str
    code: str = ""
    before: bool = field(default=False, compare=False)
