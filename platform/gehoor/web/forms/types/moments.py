"""A date, an hour and an instant in a page."""

from __future__ import annotations

from gehoor.web.forms.types.base import WebType

DATE = WebType(name="date", control=lambda _: "line", html_type="date", short=True)
TIME = WebType(name="time", control=lambda _: "line", html_type="time", short=True)
INSTANT = WebType(
    name="instant",
    control=lambda _: "line",
    html_type="datetime-local",
    short=True,
    # A browser knows no seconds here, and no offset.
    shown=lambda value: str(value)[:16],
)
