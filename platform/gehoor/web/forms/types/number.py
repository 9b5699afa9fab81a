"""Numbers in a page. They are typed as text: what a browser makes of a number with a comma depends on the browser."""

from __future__ import annotations

from typing import Any

from gehoor.core.forms.fields import Field
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types import number as core
from gehoor.web.display.filters import number
from gehoor.web.forms.types.base import WebType


def _as_read(stored: Any) -> Any:
    """Write a decimal as it is read in the language of the page; what was typed and cannot be read stays."""
    try:
        same = core.read_decimal(stored) == stored
    except UnreadableError:
        return stored
    return number(stored) if same else stored


def _whole(of: Field) -> dict[str, Any]:
    # The keys of a phone for digits have no minus.
    return {"inputmode": "numeric"} if of.schema.get("minimum", 0) >= 0 else {}


INTEGER = WebType(name="integer", control=lambda _: "line", attributes=_whole, short=True)
DECIMAL = WebType(
    name="decimal",
    control=lambda _: "line",
    attributes=lambda _: {"inputmode": "decimal"},
    short=True,
    shown=_as_read,
)
