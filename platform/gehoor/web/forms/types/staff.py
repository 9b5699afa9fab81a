"""People who work here in a page: chosen as from any list; the people of the organisation are its choices."""

from __future__ import annotations

from gehoor.web.forms.types.base import WebType

STAFF = WebType(name="staff", control=lambda _: "options", several=True)
