"""One code of a list in a page, or several: boxes, and of one among many a list that unfolds."""

from __future__ import annotations

from typing import Final

from gehoor.core.forms.fields import Field
from gehoor.web.forms.types.base import WebType

_MOST_BOXES: Final = 6
"""A longer list to choose one from is folded."""


def _control(of: Field) -> str:
    return "options" if len(of.choices) <= _MOST_BOXES else "select"


CHOICE = WebType(name="choice", control=_control)
SCALE = WebType(
    name="scale", control=_control, shown=lambda value: str(value) if isinstance(value, int) else value
)
CHOICES = WebType(name="choices", control=lambda _: "options", several=True)
