"""Numbers in a page. A browser refuses a comma in an input for numbers, so decimals are typed as text."""

from __future__ import annotations

from typing import Any

from gehoor.core.forms.fields import Field
from gehoor.web.forms.types.base import WebType


def _bounds(of: Field) -> dict[str, Any]:
    bounds = (("min", "minimum"), ("max", "maximum"))
    return {name: of.schema[keyword] for name, keyword in bounds if keyword in of.schema}


INTEGER = WebType(
    name="integer", control=lambda _: "line", html_type="number", attributes=_bounds, short=True
)
DECIMAL = WebType(
    name="decimal", control=lambda _: "line", attributes=lambda _: {"inputmode": "decimal"}, short=True
)
