"""Each word of JSON Schema that forms know, by cases of the standard: its validator, and the code that reads forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.core.agreement.model import Agreement
from gehoor.loading.keywords.json_schema import WORDS
from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line
from gehoor.services.recording.form_reading import read_form
from tests.support.clock import at
from tests.support.json_schema_cases import Case, cases, make_workspace

_ALL = cases()
_TAKEN = [case for case in _ALL if not case.refused]
_WORDS = sorted({case.word for case in _TAKEN})
_FEWER = {"$schema", "readOnly", "deprecated"}
"""Words of which the standard has little to say."""


@pytest.fixture(scope="module")
def agreements(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Agreement]:
    """Return for each word the agreement whose forms are its cases."""
    found = {}
    for word in _WORDS:
        made = [case for case in _TAKEN if case.word == word]
        loaded = load_workspace(make_workspace(tmp_path_factory.mktemp("woord") / "werkmap", made))
        assert [line(one) for one in loaded.problems if one.code != "ruimer-dan-verwijzing"] == []
        found[word] = loaded.departments[0].agreement
    return found


def _id(case: Case) -> str:
    return f"{case.word}: {case.description}"


def test_each_word_that_is_supported_has_cases() -> None:
    tried: dict[str, int] = {}
    for case in _ALL:
        tried[case.word] = tried.get(case.word, 0) + len(case.tests) + bool(case.refused)
    supported = {word.removeprefix("$"): word for word, about in WORDS.items() if about.supported}
    assert set(tried) == set(supported)
    assert {name for name, number in tried.items() if number < 10} <= {
        word.removeprefix("$") for word in _FEWER
    }


@pytest.mark.parametrize("case", [case for case in _TAKEN if case.jsonschema], ids=_id)
def test_the_cases_say_what_the_standard_says(case: Case) -> None:
    validator = Draft202012Validator(case.schema, format_checker=FormatChecker(formats=("date",)))
    said = [(one["description"], validator.is_valid(one["data"])) for one in case.tests]
    assert said == [(one["description"], one["valid"]) for one in case.tests]


@pytest.mark.parametrize("case", _TAKEN, ids=_id)
def test_a_form_says_what_the_standard_says(case: Case, agreements: Mapping[str, Agreement]) -> None:
    agreement = agreements[case.word]
    said = [(one["description"], _taken(agreement, case, one["data"])) for one in case.tests]
    assert said == [(one["description"], one.get("form", one["valid"])) for one in case.tests]
    assert all(one["because"] for one in case.tests if "form" in one)


def _taken(agreement: Agreement, case: Case, data: Any) -> bool:
    form = agreement.forms[case.form]
    _, objections = read_form(
        DurableRuleEngine(), agreement, form, (case.answers(data), ""), at("2026-05-12 14:00")
    )
    return not [one for one in objections if one.field.partition(".")[0].startswith(f"v{case.number}_")]


@pytest.mark.parametrize("case", [case for case in _ALL if case.refused], ids=_id)
def test_what_a_form_cannot_say_is_refused_by_name(case: Case, tmp_path: Path) -> None:
    loaded = load_workspace(make_workspace(tmp_path / "werkmap", [case]))
    assert case.refused in {one.code for one in loaded.problems}, [line(one) for one in loaded.problems]
