"""Each field that handling complaints well asks for has a home: a field, a value of the platform, or a reason why not.

``fields.csv``: a field, what its home is (``field``, ``term``, ``event``, ``system``, ``table`` or ``reason``), of
which organisation, and its name there.
"""

from __future__ import annotations

from importlib import import_module

import pytest

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.dossier.events import EventKind
from gehoor.services.records.tables import SCHEMAS
from tests.shipped.founding.agreed import agreement, organisations, table

FIELDS = table("fields.csv")


def test_all_are_there_once() -> None:
    assert len({row["field"] for row in FIELDS}) == len(FIELDS) == 195


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: row["field"])
def test_each_has_a_home(row: dict[str, str]) -> None:
    kind, name = row["kind"], row["name"]
    if kind == "field":
        assert _field_exists(agreement(row["home"]), name), name
    elif kind == "term":
        assert name in agreement(row["home"]).terms
    elif kind == "event":
        assert EventKind(name)
    elif kind == "system":
        module, _, path = name.partition(":")
        owner, _, member = path.partition(".")
        assert member in getattr(import_module(module), owner).__dataclass_fields__
    elif kind == "table":
        assert name in {one.name for one in SCHEMAS}
    else:
        assert kind == "reason"
        assert len(name) > 40


def _field_exists(under: Agreement, path: str) -> bool:
    form, name, *column = path.split(".")
    found = under.forms[form].fields.get(name)
    return found is not None and all(one in found.members for one in column)


@pytest.mark.parametrize("organisation", organisations())
def test_each_field_of_a_dossier_is_called_something_and_explained(organisation: str) -> None:
    fields = agreement(organisation).forms[DOSSIER_FORM].fields.values()
    columns = [column for one in fields for column in one.members.values()]
    assert [one.id for one in (*fields, *columns) if not one.label or not one.help] == []
