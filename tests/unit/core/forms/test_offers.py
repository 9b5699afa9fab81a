"""Which choices are offered, and what is left to know of one on a page that asks some of what it hangs on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.model import All, AnyOf, Comparison, Condition, Not, Operator
from gehoor.core.forms.fields import Choice, Field
from gehoor.core.forms.offers import offer, offered, unoffered

NAMES = ("een", "twee", "drie")
LEAVES: st.SearchStrategy[Condition] = st.builds(
    Comparison,
    st.sampled_from(NAMES),
    st.sampled_from([Operator.IS, Operator.IS_NOT]),
    st.booleans(),
) | st.builds(Comparison, st.sampled_from(NAMES), st.sampled_from([Operator.FILLED, Operator.EMPTY]))
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda below: (
        st.builds(Not, below)
        | st.builds(All, st.lists(below, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(below, max_size=3).map(tuple))
    ),
    max_leaves=8,
)
FACTS = st.dictionaries(st.sampled_from(NAMES), st.booleans())


@given(condition=CONDITIONS, facts=FACTS, asked=st.sets(st.sampled_from(NAMES)))
def test_what_is_left_to_a_page_and_its_answers_come_to_the_condition(
    condition: Condition, facts: dict[str, bool], asked: set[str]
) -> None:
    choice = Choice("x", "X", offered_if=condition)
    elsewhere = {name: value for name, value in facts.items() if name not in asked}
    on_the_page = {name: value for name, value in facts.items() if name in asked}
    left = offer(choice, elsewhere, asked)
    assert (left if isinstance(left, bool) else holds(left, on_the_page)) is offered(choice, facts)


def test_what_all_is_known_of_is_not_left_to_the_page() -> None:
    choice = Choice("x", "X", offered_if=Comparison("een", Operator.IS, True))
    assert offer(choice, {"een": True}, ()) is True
    assert offer(choice, {}, ()) is False


def test_the_codes_that_cannot_be_chosen() -> None:
    choices = (Choice("x", "X", offered_if=Comparison("een", Operator.IS, True)), Choice("y", "Y"))
    of = Field("welk", "Welk?", "choice", {}, choices=choices)
    assert of.has_offers
    assert unoffered(of, {}) == {"x"}
    assert unoffered(of, {"een": True}) == frozenset()
