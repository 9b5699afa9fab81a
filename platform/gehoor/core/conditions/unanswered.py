"""What a condition says of what nobody answered yet.

One rule for every comparison: as long as a fact is absent, nothing that compares it holds, also not ``IS_NOT`` and
``NONE_OF``; only ``EMPTY`` does. ``Not`` turns that around, and so it can hold of a dossier that says nothing yet,
where who wrote it thought of answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.model import PRESENCE, Condition, Leaf, Operator, Quantified, Quantifier, leaves
from gehoor.core.conditions.three_valued import outcome

IsGiven: TypeAlias = Callable[[str], bool]
"""Says of a fact whether it is always there."""


def hinges_on_silence(condition: Condition, is_given: IsGiven = lambda _: False) -> tuple[str, ...]:
    """Return the facts of which no answer is what makes a condition hold of a dossier that says nothing.

    None where it does not hold of such a dossier, or where it does by what it says of emptiness itself.
    """
    if outcome(condition, lambda leaf: _leaf(leaf, is_given)) is not None or not _holds(condition):
        return ()
    return tuple(dict.fromkeys(one.fact for one in leaves(condition) if _leaf(one, is_given) is None))


def _holds(condition: Condition) -> bool:
    return holds(condition, {})


def _leaf(leaf: Leaf, is_given: IsGiven) -> bool | None:
    if isinstance(leaf, Quantified):
        # No rows: none of them is so, and how many there are is known.
        return _holds(leaf) if leaf.quantifier in _COUNTED else None
    if leaf.operator in PRESENCE:
        return leaf.operator is Operator.EMPTY
    # What was not answered with yes is no yes: nobody expects otherwise.
    asks_yes = (leaf.operator, leaf.operand) in _YES
    return False if asks_yes or is_given(leaf.fact) else None


_COUNTED: Final = (Quantifier.SOME, Quantifier.COUNT)
_YES: Final = ((Operator.IS, True), (Operator.IS_NOT, False))
