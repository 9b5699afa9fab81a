"""A condition of which something is not known yet: whether it holds hangs on that only as far as it does."""

from __future__ import annotations

import pytest

from gehoor.core.conditions.model import All, AnyOf, Comparison, Condition, Leaf, Not, Operator
from gehoor.core.conditions.three_valued import outcome

SERIOUS = Comparison("ernst", Operator.AT_LEAST, 4)
OURS = Comparison("kind", Operator.IS, "klacht")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (OURS, True),
        (SERIOUS, None),
        (Not(OURS), False),
        (Not(SERIOUS), None),
        (All((SERIOUS, OURS)), None),
        (All((SERIOUS, Not(OURS))), False),
        (All(()), True),
        (AnyOf((SERIOUS, OURS)), True),
        (AnyOf((SERIOUS, Not(OURS))), None),
        (AnyOf(()), False),
    ],
)
def test_what_is_known_decides_where_it_is_enough(condition: Condition, holds: bool | None) -> None:
    def of(leaf: Leaf) -> bool | None:
        return True if leaf is OURS else None

    assert outcome(condition, of) is holds
