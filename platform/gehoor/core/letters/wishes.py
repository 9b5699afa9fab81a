"""How somebody asked to be answered: a choice in the dossier says by which ways of a letter that is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.forms.form import Form
from gehoor.core.letters.model import Way


@dataclass(frozen=True, slots=True)
class Wish:
    """A way that was asked for: in which field, what it asks and what was chosen there; ``ways``: those of a letter
    that do it, none where no letter can."""

    field: str
    asked: str
    chosen: str
    ways: frozenset[Way]

    def is_met_by(self, way: Way) -> bool:
        """Say whether a letter that goes so goes as was asked. What no letter can do, no letter goes against."""
        return not self.ways or way in self.ways


def wish_in(form: Form, values: Mapping[str, Any], unseen: Collection[str] = ()) -> Wish | None:
    """Return how whoever told something asked to be answered, by the first field of which a choice says so; None where
    nothing was chosen. ``unseen``: the fields that whoever looks does not see."""
    for of in form.fields.values():
        if of.id in unseen or not any(choice.ways for choice in of.choices):
            continue
        for choice in of.choices:
            if choice.code == values.get(of.id):
                return Wish(of.id, of.label, choice.label, frozenset(map(Way, choice.ways)))
    return None
