"""How the fields of registering stand on the page: the story first, then who, what it is, how it came, and the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from gehoor.core.agreement.classification import asks_for_danger
from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field

_WHO: Final = (
    "anonymous",
    "complainant.first-name",
    "complainant.name",
    "complainant.phone",
    "complainant.email",
)
_GROUPS: Final = {
    "story": ("story", "subject"),
    "who": _WHO,
    "kind": ("message-kind", "danger"),
    "receipt": ("received-on", "carrier"),
}
"""What stands where, by its meaning. What is required and means nothing to the platform stands with the receipt."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The names of the fields on the page, in the order in which they are read."""

    story: tuple[str, ...]
    who: tuple[str, ...]
    kind: tuple[str, ...]
    receipt: tuple[str, ...]
    more: tuple[str, ...]
    """What is folded away: nothing that is required."""

    @property
    def order(self) -> tuple[str, ...]:
        """Return all names in the order of the page."""
        return (*self.story, *self.who, *self.kind, *self.receipt, *self.more)


def grouped(agreement: Agreement, fields: Iterable[Field], required: Collection[str]) -> Groups:
    """Put fields in their places. Within a place they keep the order of the form, but for the story. Whether there is
    danger is folded where a question asks it already."""
    found: dict[str, list[str]] = {name: [] for name in (*_GROUPS, "more")}
    for of in fields:
        place = next((name for name, meanings in _GROUPS.items() if of.meaning in meanings), "more")
        if of.meaning == "danger" and asks_for_danger(agreement):
            place = "more"
        if place == "more" and of.id in required:
            place = "receipt"
        if of.meaning == "story":
            found[place].insert(0, of.id)
        else:
            found[place].append(of.id)
    return Groups(**{name: tuple(names) for name, names in found.items()})
