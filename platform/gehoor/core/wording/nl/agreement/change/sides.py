"""What two agreements are to each other: one that takes the place of the other, or two that hold beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from gehoor.core.wording.nl.agreement.phrases import joined
from gehoor.core.wording.nl.formats import quoted


@dataclass(frozen=True)
class Sides:
    """What two agreements are to each other: what was and what is now; or two that hold beside each other, by name."""

    first: str = ""
    second: str = ""

    def new(self, text: str) -> str:
        """Say what only the second says."""
        return f"Alleen bij {self.second}: {text}" if self.second else f"Nieuw: {text}"

    def gone(self, text: str) -> str:
        """Say what only the first says."""
        return f"Alleen bij {self.first}: {text}" if self.first else f"Weg: {text}"

    def both(self, was: str, now: str) -> str:
        """Say what each says."""
        if self.first:
            return f"Bij {self.first}: {was} Bij {self.second}: {now}"
        return f"Eerst: {was} Nu: {now}"

    def value(self, subject: str, was: str, now: str) -> str:
        """Say what each says of one thing."""
        if self.first:
            return f"{subject}: {was} bij {self.first}, {now} bij {self.second}."
        return f"{subject} gaat van {_without_common_end(was, now)} naar {now}."

    def called(self, was: str, now: str) -> str:
        """Say what each calls one thing."""
        if self.first:
            return f"{quoted(was)} bij {self.first} heet {quoted(now)} bij {self.second}."
        return f"{quoted(was)} heet nu {quoted(now)}."

    def members(self, came: str, went: str) -> str:
        """Say which parts of a list only one of them has."""
        words = (
            (f"alleen bij {self.second}", f"alleen bij {self.first}")
            if self.first
            else ("nieuw is", "weg is")
        )
        return joined([f"{word} {names}" for word, names in zip(words, (came, went), strict=True) if names])


def _without_common_end(was: str, now: str) -> str:
    """Leave out what both end with: "van 5 naar 3 werkdagen"."""
    words, others = was.split(), now.split()
    same = 0
    for one, other in zip_longest(reversed(words[1:]), reversed(others[1:])):
        if one is None or one != other:
            break
        same += 1
    return " ".join(words[: len(words) - same])
