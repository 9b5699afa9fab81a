"""Late terms and days of other fields, as the DUTCH.agreements.clause after "als"."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.conditions.facts import LATE_TERMS, FactType
from gehoor.core.conditions.parse import build_condition
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import agreement

TYPES = {"feiten_tot": FactType.DATE, "ontvangstdatum": FactType.DATE, LATE_TERMS: FactType.CODES}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"late": "antwoord"}, "de termijn “{antwoord}” te laat is"),
        ({"late": ["antwoord", "nazorg"]}, "de termijn “{antwoord}” of “{nazorg}” te laat is"),
        (
            {"feiten_tot": {"earlier-than": "1 years before ontvangstdatum"}},
            "het antwoord op “{feiten_tot}” vroeger dan 1 jaar vóór “{ontvangstdatum}” is",
        ),
        (
            {"feiten_tot": {"at-latest": "2 weeks after ontvangstdatum"}},
            "het antwoord op “{feiten_tot}” uiterlijk 2 weken na “{ontvangstdatum}” is",
        ),
        (
            {"ontvangstdatum": {"later-than": "feiten_tot"}},
            "“{ontvangstdatum}” later dan het antwoord op “{feiten_tot}” is",
        ),
    ],
)
def test_a_clause(data: dict[str, Any], words: str) -> None:
    names = {name: term.name for name, term in agreement().terms.items()}
    names |= {name: field.label for name, field in agreement().dossier_form.fields.items() if name in TYPES}
    assert DUTCH.agreements.clause(agreement(), build_condition(data, TYPES)) == words.format(**names)
