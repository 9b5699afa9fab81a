"""Yes or no in a page."""

from __future__ import annotations

from typing import Any

from gehoor.web.forms.types.base import WebType


def _shown(value: Any) -> Any:
    return ("ja" if value else "nee") if isinstance(value, bool) else value


BOOLEAN = WebType(name="boolean", control=lambda _: "yes_no", shown=_shown, codes=lambda _: ["ja", "nee"])
