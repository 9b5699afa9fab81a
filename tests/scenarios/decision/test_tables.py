"""Tables whose rows say what follows: of all rows the first that fits, and of those that do not fit nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_rules import build_table
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactType
from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import INVESTIGATED, changed
from tests.support.decisions import decided

NOW = "2026-06-01 09:00"
DANGER: dict[str, Any] = {
    "if": {"acuut_gevaar": True},
    "then": [{"flag": "Meteen"}, {"assign": "algemeen-directeur"}],
}
SERIOUS: dict[str, Any] = {
    "if": {"ernst": {"at-least": 4}},
    "then": [
        {"flag": "Snel"},
        {"derive": "herkomst", "value": ["toezichthouder"]},
        {
            "duty": "De familie bellen",
            "responsible": "kwaliteitscoordinator",
            "within": "2 working-days",
            "from": "ontvangst",
        },
    ],
}
ELSE: dict[str, Any] = {"then": [{"flag": "Gewoon"}]}


def with_table(*rows: dict[str, Any], otherwise: dict[str, Any] | None = ELSE) -> Agreement:
    """The agreement with one table more."""

    def add(document: dict[str, Any]) -> None:
        table = {"rows": list(rows), "because": "Zo is het afgesproken."}
        document["tables"] = {
            **document["tables"],
            "wie-eerst": table | ({"otherwise": otherwise} if otherwise else {}),
        }

    return changed(add)


def marks(under: Agreement, **answers: Any) -> list[str]:
    """The marks that the table gives."""
    flags = decided(NOW, under=under, **{**INVESTIGATED, **answers}).flags
    return [flag.because for flag in flags if flag.rule.startswith("wie-eerst/")]


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({"acuut_gevaar": True, "ernst": 1}, ["Meteen"]),
        ({"acuut_gevaar": False, "ernst": 5}, ["Snel"]),
        ({"acuut_gevaar": True, "ernst": 5}, ["Meteen"]),
        ({"acuut_gevaar": False, "ernst": 1}, ["Gewoon"]),
    ],
)
def test_the_first_row_that_fits_decides(answers: dict[str, Any], wanted: list[str]) -> None:
    assert marks(with_table(DANGER, SERIOUS), **answers) == wanted


def test_what_is_not_answered_yet_has_no_other_row() -> None:
    under = with_table(DANGER, SERIOUS)
    flags = decided(NOW, under=under, acuut_gevaar=False).flags
    assert not [flag for flag in flags if flag.rule.startswith("wie-eerst/")]


def test_a_row_assigns_whoever_it_names() -> None:
    under = with_table(DANGER, SERIOUS)
    assert (
        decided(NOW, under=under, **{**INVESTIGATED, "acuut_gevaar": True}).assigned.role
        == "algemeen-directeur"
    )  # type: ignore[union-attr]  # somebody is


def test_a_row_gives_a_value_and_a_duty_with_a_term() -> None:
    decision = decided(
        NOW, under=with_table(DANGER, SERIOUS), **{**INVESTIGATED, "acuut_gevaar": False, "ernst": 4}
    )
    assert decision.values["herkomst"] == ["toezichthouder"]
    assert decision.derived["herkomst"].rule == "wie-eerst/2"
    assert decision.terms["wie-eerst/2/2"].responsible == "kwaliteitscoordinator"


def test_a_duty_of_a_row_that_does_not_decide_is_owed_by_nobody() -> None:
    decision = decided(
        NOW, under=with_table(DANGER, SERIOUS), **{**INVESTIGATED, "acuut_gevaar": True, "ernst": 4}
    )
    assert "wie-eerst/2/2" not in decision.terms
    assert not [state for state in decision.duties if state.owed.key == "wie-eerst/2/2"]


def test_each_row_has_its_sentence() -> None:
    said = dict(lines(DUTCH.agreements.whole(with_table(DANGER, SERIOUS))))
    assert said["tables/wie-eerst/rows/0"].endswith(
        "dan krijgt het dossier het merk “Meteen” en behandelt de rol Algemeen directeur het dossier."
    )
    assert said["tables/wie-eerst/rows/1"].startswith("Zo niet, en als “Ernst” minstens 4 is, dan")
    assert said["tables/wie-eerst/rows/1/then/2/within"].startswith(
        "“De familie bellen” doen wij binnen 2 werkdagen"
    )


CONDITIONS = st.one_of(
    st.booleans().map(lambda yes: {"gevaar": yes}),
    st.integers(0, 5).map(lambda number: {"ernst": {"at-least": number}}),
    st.sampled_from([{"ernst": {"filled": True}}, {"gevaar": {"filled": False}}]),
)
TYPES = {"gevaar": FactType.BOOLEAN, "ernst": FactType.INTEGER}
FACTS = st.fixed_dictionaries({}, optional={"gevaar": st.booleans(), "ernst": st.integers(0, 5)})


@given(st.lists(CONDITIONS, min_size=1, max_size=5), st.booleans(), FACTS)
def test_never_more_than_one_row_decides_and_it_is_the_first(
    conditions: list[dict[str, Any]], has_rest: bool, facts: dict[str, Any]
) -> None:
    table: dict[str, Any] = {
        "rows": [{"if": condition, "then": [{"flag": "x"}]} for condition in conditions],
        "because": "Zo is het.",
        **({"otherwise": ELSE} if has_rest else {}),
    }
    rows = build_table("tabel", table, TYPES, {})
    fit = [number for number, row in enumerate(rows) if row.asked is not None and holds(row.asked, facts)]
    assert [number for number, row in enumerate(rows) if holds(row.condition, facts)] == fit[:1]
