"""What rules may ask of the register: how many earlier messages of the same person, or with the same answers.

The number is looked up when a dossier is saved and kept in an event, so that a decision stays a function of the
dossier and the moment, and can be explained years later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gehoor.core.conditions.model import Comparison, Operator

EARLIER: Final = "earlier-messages"
"""The keyword that asks for messages of the same person."""
SIMILAR: Final = "similar-messages"
"""The keyword that asks for messages, of anyone, with the same answers."""
REGISTER_KEYS: Final = (EARLIER, SIMILAR)
NUMBERS: Final = (
    Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN, Operator.IS,
)  # fmt: skip
"""How their number may be compared."""


@dataclass(frozen=True, slots=True)
class RegisterQuestion:
    """A question to the register. ``same``: the fields with the same answer; without any, the same person.

    ``within``: how long before this message the others came in (a canonical duration; empty: whenever).
    ``kinds``: only messages of these kinds; empty: of any.
    """

    same: tuple[str, ...] = ()
    within: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def fact(self) -> str:
        """Return the name of the fact (INTEGER) that holds the answer. No field has a name with a space."""
        what = f"same {' '.join(self.same)}" if self.same else "same person"
        return f"register: {what}; {self.within or 'ever'}; {' '.join(self.kinds) or 'any'}"


def read_question(data: Mapping[str, Any]) -> RegisterQuestion:
    """Read a question from canonical data."""
    kinds = data.get("kind", ())
    return RegisterQuestion(
        tuple(data.get("same", ())),
        data.get("within", ""),
        (kinds,) if isinstance(kinds, str) else tuple(kinds),
    )


def asks_register(data: object) -> bool:
    """Say whether canonical data, such as the condition of a rule, asks something of the register."""
    if isinstance(data, Mapping):
        return any(key in data for key in REGISTER_KEYS) or any(map(asks_register, data.values()))
    return isinstance(data, list) and any(map(asks_register, data))


def register_comparisons(data: Mapping[str, Any]) -> list[Comparison]:
    """Return what a condition asks of the number that the register gives."""
    fact = read_question(data).fact
    return [Comparison(fact, operator, data[operator]) for operator in NUMBERS if operator in data]


def questions_in(data: Mapping[str, Any], groups: tuple[str, ...]) -> Iterator[RegisterQuestion]:
    """Give every question in a condition (canonical data). ``groups``: the keywords that hold conditions."""
    for key, value in data.items():
        if key in REGISTER_KEYS:
            yield read_question(value)
        elif key in groups:
            for part in value:
                yield from questions_in(part, groups)
