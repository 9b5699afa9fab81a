"""Numbers in a page. They are typed as text: what a browser makes of a number with a comma depends on the browser."""

from __future__ import annotations

from typing import Any, Final

from gehoor.core.forms.fields import Field
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.forms.types import number as core
from gehoor.web.display.filters import number
from gehoor.web.forms.types.base import WebType

_MOST_NUMBERS: Final = 12
"""Of more numbers than these one is typed; of fewer it is chosen."""


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


def _numbers(of: Field) -> list[str]:
    """Return the numbers that an answer can be, where they are few; else none."""
    least, most = of.schema.get("minimum"), of.schema.get("maximum")
    if not isinstance(least, int) or not isinstance(most, int) or not 0 < most - least < _MOST_NUMBERS:
        return []
    return [str(one) for one in range(least, most + 1)]


INTEGER = WebType(
    name="integer",
    control=lambda of: "numbers" if _numbers(of) else "line",
    attributes=_whole,
    short=True,
    shown=lambda value: str(value) if isinstance(value, int) else value,
    codes=_numbers,
)
DECIMAL = WebType(
    name="decimal",
    control=lambda _: "line",
    attributes=lambda _: {"inputmode": "decimal"},
    short=True,
    shown=_as_read,
)
