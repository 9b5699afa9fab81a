"""Where a dossier comes from that another department sent on."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.dossier.relations import Origin, Relations


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
