"""Texts in a page: a line, or an area to tell something in."""

from __future__ import annotations

from typing import Any

from gehoor.core.forms.fields import Field
from gehoor.web.forms.types.base import WebType


def _length(of: Field) -> dict[str, Any]:
    return {"maxlength": of.schema["maxLength"]} if of.schema.get("maxLength") else {}


TEXT = WebType(name="text", control=lambda _: "line", attributes=_length)
LONG_TEXT = WebType(name="long-text", control=lambda _: "area", attributes=_length)
EMAIL = WebType(name="email", control=lambda _: "line", html_type="email")
WEB_ADDRESS = WebType(name="web-address", control=lambda _: "line", html_type="url")
PHONE = WebType(name="phone", control=lambda _: "line", html_type="tel")
