"""Conditions of XLSForm: what is translated means the same for every answer, and the rest is refused."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from gehoor.core.exchange.xpath import Asked, UntranslatableError, bounds, translated

KNOWN = {
    "plek": Asked("plek", "choice", {"straat": "straat", "Park": "park"}),
    "soort": Asked("soort", "choices", {"geur": "geur"}),
    "aantal": Asked("aantal", "integer"),
    "prijs": Asked("prijs", "number"),
    "naam": Asked("naam_hier", "text"),
    "dag": Asked("dag", "date"),
    "keuze": Asked("keuze", "choice", {"1": "een", "2": "twee", "02": "toch_twee"}),
}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("${plek} = 'straat'", {"plek": "straat"}),
        ("'Park' = ${plek}", {"plek": "park"}),
        ('${plek} != "straat"', {"none-of": [{"plek": "straat"}]}),
        ("selected(${soort}, 'geur')", {"soort": "geur"}),
        ("selected( ${plek} , 'Park')", {"plek": "park"}),
        ("${aantal} > 3", {"aantal": {"more-than": 3}}),
        ("3 >= ${aantal}", {"aantal": {"at-most": 3}}),
        ("${prijs} < 2.5", {"prijs": {"less-than": 2.5}}),
        ("${aantal} = '4'", {"aantal": 4}),
        ("${naam} = ''", {"naam_hier": {"filled": False}}),
        ("${dag} != ''", {"dag": {"filled": True}}),
        ("${naam} = 'x' and ${aantal} < 2", {"all-of": [{"naam_hier": "x"}, {"aantal": {"less-than": 2}}]}),
        (
            "${naam} = 'x' or ${aantal} < 2 and ${aantal} > 0",
            {
                "any-of": [
                    {"naam_hier": "x"},
                    {"all-of": [{"aantal": {"less-than": 2}}, {"aantal": {"more-than": 0}}]},
                ]
            },
        ),
        ("not(${plek} = 'straat')", {"none-of": [{"plek": "straat"}]}),
        ("(${naam} = 'x')", {"naam_hier": "x"}),
        ("${naam} = '5'", {"naam_hier": "5"}),
        ("${aantal} >= '03'", {"aantal": {"at-least": 3}}),
        ("${aantal} = 03", {"aantal": 3}),
        ("${keuze} = 1", {"keuze": "een"}),
        ("${keuze} = '02'", {"keuze": "toch_twee"}),
    ],
)
def test_what_says_the_same_is_translated(said: str, expected: dict[str, Any]) -> None:
    assert translated(said, KNOWN) == expected


@pytest.mark.parametrize(
    "said",
    [
        "${onbekend} = 'x'", "${plek} = 'maan'", "${plek} > 'straat'", "count-selected(${soort}) > 1",
        "${soort} = 'geur'", "${aantal} = 2.5", "${naam} = ${plek}", "'a' = 'a'", "${dag} > today()", "1 + 1 = 2",
        "${aantal} >", "${aantal} > 3 )", "( ${aantal} > 3", "", "pulldata('x')", "${naam} = 'x' nor 1", "not ${naam}",
        "${naam} = 5", "5 != ${naam}", "${naam} = ' x '", "${aantal} = '04'", "${aantal} = '4.0'", "${prijs} = '4'",
        "${aantal} != 'x'", "${keuze} = 2", "${keuze} = 01",
        "string-length(${naam}) > 3", "../plek = 'straat'", "${naam", "a" * 5000,
        "(" * 500 + "${aantal} > 3" + ")" * 500,
        " and ".join(["${aantal} > 3"] * 200),
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_refused(said: str) -> None:
    with pytest.raises(UntranslatableError):
        translated(said, KNOWN)


def _meant_there(answers: dict[str, Any], plek: str, least: int) -> bool:
    """``${plek} != plek or ${aantal} >= least``, as XPath has it: an empty answer is an empty text, and no number."""
    number = answers.get("aantal")
    return answers.get("plek", "") != plek or (number is not None and number >= least)


def _holds(condition: dict[str, Any], answers: dict[str, Any]) -> bool:
    ((key, said),) = condition.items()
    if key in ("any-of", "none-of", "all-of"):
        parts = [_holds(one, answers) for one in said]
        return {"any-of": any(parts), "none-of": not any(parts), "all-of": all(parts)}[key]
    if isinstance(said, dict):
        return key in answers and answers[key] >= said["at-least"]
    return answers.get(key) == said


def test_it_holds_for_the_same_answers_also_where_something_is_not_answered() -> None:
    condition = translated("${plek} != 'straat' or ${aantal} >= 2", KNOWN)
    for plek, number in itertools.product([None, "straat", "park"], [None, 1, 2, 3]):
        answers = {name: one for name, one in (("plek", plek), ("aantal", number)) if one is not None}
        assert _holds(condition, answers) == _meant_there(answers, "straat", 2), answers


@pytest.mark.parametrize(
    ("said", "kind", "expected"),
    [
        (". >= 0 and . <= 120", "integer", {"minimum": 0, "maximum": 120}),
        ("(. > 0) and (. < 1.5)", "number", {"exclusiveMinimum": 0, "exclusiveMaximum": 1.5}),
        (". <= today()", "date", {"not-after": "today"}),
        ("string-length(.) <= 20", "text", {"maxLength": 20}),
        ("string-length(.) > 2 and string-length(.) < 9", "text", {"minLength": 3, "maxLength": 8}),
        ("regex(., '^[0-9]{4}$ and more')", "text", {"pattern": "^[0-9]{4}$ and more"}),
    ],
)
def test_bounds_are_keywords(said: str, kind: str, expected: dict[str, Any]) -> None:
    assert bounds(said, kind) == expected


@pytest.mark.parametrize(
    ("said", "kind"),
    [(". > ${x}", "integer"), (". >= 0", "text"), (". < today()", "date"), (". >= 0 or . = -1", "integer"),
     (". >= 0 and . >= 1", "integer"), ("true()", "text"), ("(", "text")],
)  # fmt: skip
def test_bounds_that_are_none_are_refused(said: str, kind: str) -> None:
    with pytest.raises(UntranslatableError):
        bounds(said, kind)
