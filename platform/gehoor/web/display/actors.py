"""Who did something, as people know them."""

from __future__ import annotations

from collections.abc import Mapping

from gehoor.core.retention.anonymisation import STAFF
from gehoor.services.access.authorisation import OUTSIDE, by_operator
from gehoor.web.request.languages import said


def who(actor: str, names: Mapping[str, str]) -> str:
    """Return who did something. ``names``: how people know each account. Whoever runs the server is told as such,
    whomever they name."""
    words = said().events
    if actor in names:
        return names[actor]
    whom = by_operator(actor)
    if whom is None:
        return {OUTSIDE: words.outside, STAFF: words.staff}.get(actor, actor)
    return f"{words.operator} ({whom})" if whom else words.operator
