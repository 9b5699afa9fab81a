"""What stays decided of a dossier that was anonymised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from gehoor.core.dossier.events import Event, parse_instant
from gehoor.core.forms.fields import StoredValue


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was decided on a dossier when it was anonymised: rules cannot ask any more what it was decided by.

    ``holding``: the names of the conditions that held; ``values`` and ``given_by``: field -> the value that a rule gave
    it, and which rule."""

    holding: frozenset[str]
    values: Mapping[str, StoredValue]
    given_by: Mapping[str, str]
    began: Mapping[str, datetime] = field(default_factory=dict)
    """Of terms that began when something became true, when that was (UTC)."""


def frozen(event: Event) -> Frozen:
    """Return what was decided when a dossier was anonymised, as its last event says."""
    data = event.data
    began = {term: parse_instant(at) for term, at in data.get("began", {}).items()}
    return Frozen(frozenset(data["holding"]), dict(data["values"]), dict(data["given_by"]), began)
