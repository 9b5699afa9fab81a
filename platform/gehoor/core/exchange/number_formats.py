"""Numbers of a sheet that are read there otherwise than they are: 7 that stands there as K-2019-0007, or 0.25 as 25%.

How a number stands there is in its format, in the words that Excel writes it in for every language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BRACKETS: Final = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]{1,2}|\$-[0-9a-f]+)\]", re.IGNORECASE
)
"""A colour or a language: neither adds anything to read."""
_SAID: Final = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""What stands in a format to be read as it is, and room that is left."""
_PLAIN: Final = re.compile(r"#+0?|0|#,##0")
_ZEROS: Final = re.compile(r"0{2,40}")
_DECIMALS: Final = re.compile(r"0*#*")
_THOUSANDS: Final = re.compile(r"[0#?],+(?![0#?,])")
"""Each such comma shows a thousandth of the number."""
_GENERAL: Final = ("general", "@")


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """A number with a format (``form``) by which something else is read than its digits."""

    value: int | float
    form: str

    @property
    def text(self) -> str | None:
        """Return what is read there, where that is sure: a whole number with zeros before it. None where it is not."""
        if (
            _ZEROS.fullmatch(_BRACKETS.sub("", self.form))
            and self.value >= 0
            and float(self.value).is_integer()
        ):
            return str(int(self.value)).zfill(len(_BRACKETS.sub("", self.form)))
        return None

    @property
    def is_scaled(self) -> bool:
        """Say whether another number is read there: a percentage, or thousands."""
        bare = _SAID.sub("", self.form)
        return "%" in bare or _THOUSANDS.search(bare) is not None


def shown_number(value: int | float, form: str) -> int | float | ShownNumber:
    """Return a number as it stands in a sheet with a format: by itself, where its digits are what is read."""
    return value if _reads_plain(value, form) else ShownNumber(value, form[:80])


def _reads_plain(value: int | float, form: str) -> bool:
    sections = form.split(";")
    if len(sections) > 1 and value <= 0:
        # Of what is not above zero, another section says how it stands there.
        return False
    section = _BRACKETS.sub("", sections[0])
    if section.strip().casefold() in _GENERAL or not form:
        return True
    whole, point, decimals = section.partition(".")
    if not _PLAIN.fullmatch(whole) or not _DECIMALS.fullmatch(decimals) or (point and not decimals):
        return False
    # What is rounded is read otherwise than it is.
    return float(round(value, len(decimals))) == float(value)
