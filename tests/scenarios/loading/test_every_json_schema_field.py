"""Whatever an author of JSON Schema writes of a field: check refuses it on its line, or the form that it makes works.

What JSON Schema 2020-12 refuses is refused on the page; what it accepts can be sent. Its own validator says which."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from gehoor.core.text.problems import errors
from gehoor.loading.load import LoadedWorkspace, load_workspace
from gehoor.services.agreements.publishing import Publishable, publish
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.json_schema_fields import answers_for, random_field, workspace_with
from tests.support.site import Visitor, new_site

_PATH = "/klein/noord/melden/alles"
_FIELDS = 40
_FITS = {"date": "2026-03-27", "email": "els@example.org", "uri": "https://www.example.org", "time": "17:30"}


def _refused_by_json_schema(field: Mapping[str, Any], answer: Any) -> bool:
    schema = {key: value for key, value in field.items() if key != "widget"}
    checker = FormatChecker(formats=("date", "email"))
    return not Draft202012Validator(schema, format_checker=checker).is_valid(answer)


def _typed(answer: Any) -> Any:
    if isinstance(answer, bool):
        return "ja" if answer else "nee"
    return answer if isinstance(answer, list) else str(answer)


def _refused_by_check(loaded: LoadedWorkspace, owners: Mapping[int, str]) -> set[str]:
    wrong = errors(loaded.problems)
    assert {problem.place.file for problem in wrong} <= {"forms/klein/dossier.schema.yaml"}
    assert all(problem.place.line in owners for problem in wrong), wrong
    return {owners[problem.place.line] for problem in wrong}


def _until_right(
    fields: Mapping[str, dict[str, Any]], folder: Path
) -> tuple[dict[str, dict[str, Any]], LoadedWorkspace]:
    """Take out the fields that check refuses; what can be told once other slips are gone, comes in a next round."""
    kept = dict(fields)
    for number in range(4):
        owners = workspace_with(kept, folder / str(number))
        loaded = load_workspace(folder / str(number))
        wrong = _refused_by_check(loaded, owners)
        if not wrong:
            return kept, loaded
        kept = {name: field for name, field in kept.items() if name not in wrong}
    raise AssertionError(wrong)


def _refused_by_page(visitor: Visitor, typed: Mapping[str, Any]) -> set[str]:
    """Return the fields that are refused. Nobody tells anything here, so nothing is ever kept."""
    answer = visitor.send(_PATH, **{f"v_{name}": value for name, value in typed.items()})
    assert answer.status_code == 422
    return {name for name in typed if f'id="v_{name}-fout"' in answer.text}


def _sound(field: Mapping[str, Any], answer: Any) -> bool:
    """Say whether an answer of this form is one that people would give to this kind of field."""
    if "enum" in field or "oneOf" in field:
        return True
    if "widget" in field:
        return field["widget"] == "lang"
    return "format" not in field or answer == _FITS.get(field["format"])


@pytest.mark.parametrize("seed", range(6))
def test_a_field_is_refused_on_its_line_or_works(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    fields = {f"veld_{number}": random_field(random) for number in range(_FIELDS)}
    kept, loaded = _until_right(fields, tmp_path)
    assert _FIELDS / 4 < len(kept) < _FIELDS
    department = loaded.departments[0]
    runtime = new_runtime()
    proposal = Publishable("klein", "noord", department.document, department.places)
    publish(runtime, [proposal], at("2026-01-16 10:00"), "Els")
    visitor = new_site(runtime=runtime).visitor()
    told: dict[str, Any] = {}
    tried = {name: answers_for(field) for name, field in kept.items()}
    for number in range(max(map(len, tried.values()))):
        given = {name: answers[number % len(answers)] for name, answers in tried.items()}
        refused = _refused_by_page(visitor, {name: _typed(answer) for name, answer in given.items()})
        for name, answer in given.items():
            if _refused_by_json_schema(kept[name], answer):
                assert name in refused, (kept[name], answer)
            elif _sound(kept[name], answer):
                assert name not in refused, (kept[name], answer)
            if name not in refused:
                told.setdefault(name, _typed(answer))
    sent = visitor.send(
        _PATH,
        v_verhaal="De soep was koud.",
        v_naam="Els",
        **{f"v_{name}": value for name, value in told.items()},
    )
    assert sent.status_code == 303, sent.text
