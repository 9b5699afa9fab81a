"""Rules that ask which terms are late: they are asked once the terms are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.facts import LATE_TERMS
from tests.support.de_linde import QuickEngine, agreement, changed
from tests.support.decisions import decided

RULE = "rule/late-registratie-vraagt-reden"
REASON = "registratie_te_laat_reden"


@pytest.mark.parametrize(
    ("when", "answers", "holds"),
    [
        ("2026-05-12 14:00", {}, False),
        ("2026-05-15 23:59:59", {}, False),
        ("2026-05-16 00:00", {}, True),
        ("2026-05-30 09:00", {"registratiedatum": "2026-05-15"}, False),
        ("2026-05-30 09:00", {"registratiedatum": "2026-05-16"}, True),
    ],
    ids=["new", "last second", "too late", "done in time", "done late"],
)
@pytest.mark.parametrize("engine", [QuickEngine(), DurableRuleEngine()], ids=["reference", "durable"])
def test_a_term_is_late_at_a_moment(
    when: str, answers: Mapping[str, Any], holds: bool, engine: DurableRuleEngine
) -> None:
    assert (RULE in decided(when, engine=engine, **answers).fired) is holds


def test_a_late_registration_needs_its_reason_first() -> None:
    """R50 of the domain file."""
    needed = decided("2026-05-18 09:00").milestones["geregistreerd"].missing
    assert REASON in {requirement.field for requirement in needed}
    given = (
        decided("2026-05-18 09:00", registratie_te_laat_reden="Ziekte").milestones["geregistreerd"].missing
    )
    assert REASON not in {requirement.field for requirement in given}


def test_one_of_several_terms_is_enough() -> None:
    def several(document: dict[str, Any]) -> None:
        document["rules"]["late-registratie-vraagt-reden"]["if"] = {"late": ["nazorg", "ontvangstmelding"]}

    under = changed(several)
    assert RULE not in decided("2026-05-18 09:00", under=under).fired
    assert RULE in decided("2026-05-30 09:00", under=under).fired


def test_what_is_not_needed_is_never_late() -> None:
    def about_the_receipt(document: dict[str, Any]) -> None:
        document["rules"]["late-registratie-vraagt-reden"]["if"] = {"late": "ontvangstmelding"}

    under = changed(about_the_receipt)
    anonymous = {"anoniem": True, "klager_naam": None}
    assert RULE in decided("2026-05-30 09:00", under=under).fired
    assert RULE not in decided("2026-05-30 09:00", under=under, **anonymous).fired


def test_no_field_can_pass_for_the_fact() -> None:
    under: Agreement = agreement()
    assert LATE_TERMS not in under.dossier_form.fields
    assert LATE_TERMS not in under.term_rules.fact_types
