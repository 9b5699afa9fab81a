"""Reports and an overview for tests, on De Linde as the tests have it; and dossiers that are only counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counted import Counted
from gehoor.core.figures.facts import DossierFacts, TermFacts

COMPLAINT: Final = {"type_bericht": "klacht"}
ANSWER: Final = {"from": "ontvangst", "until": "antwoord verstuurd", "bounds": [20, 45, 90]}
FIGURES: Final[list[dict[str, Any]]] = [
    {"name": "In en uit", "in-and-out": True},
    {"name": "Soort bericht", "per": "type_bericht"},
    {"name": "Dragers", "if": COMPLAINT, "per": "drager"},
    {"name": "Per afdeling en gegrondheid", "if": COMPLAINT, "per": "department", "and-per": "gegrondheid"},
    {"name": "Per maand", "per": "month"},
    {"name": "Drie jaar", "per": "year", "number-of-years": 3},
    {"name": "Normen", "per": "toetsingsnormen"},
    {"name": "Deelklachten", "per": "deelklachten.soort_klacht_hoofd"},
    {"name": "Ernst", "per": "ernst"},
    {"name": "Tot het antwoord", "lead-time": ANSWER},
    {"name": "Tot het antwoord per afdeling", "per": "department", "lead-time": ANSWER},
    {"name": "Op tijd", "term": "antwoord"},
    {"name": "Op tijd per afdeling", "per": "department", "term": "antwoord"},
    {"name": "Tevreden", "per": "department", "mean-of": "tevreden_afhandeling"},
]  # fmt: skip

OVERVIEW: Final = {
    "returning": ["soort_klacht_hoofd", "mogelijke_oorzaken"],
    "measures": {
        "every": "verbeteracties",
        "done-on": "uitgevoerd_op",
        "named-by": "type",
        "alike-in": ["soort_klacht_hoofd"],
    },
}
REPORT: Final = {
    "name": "Jaarverslag",
    "period-by": "ontvangst",
    "chapters": [{"name": "Alles", "asks": "Wat valt op?", "figures": FIGURES}],
}
RIGHTS: Final = {
    "see-figures": ["kwaliteitscoordinator", "teamverantwoordelijke", "dagelijks-verantwoordelijke"],
    "make-reports": ["kwaliteitscoordinator"],
    "read-reports": ["kwaliteitscoordinator", "algemeen-directeur"],
}


def with_figures(document: dict[str, Any]) -> None:
    """Agree on a report, on what the overview looks at, and on who sees them."""
    document["rights"] = {**document["rights"], **RIGHTS}
    document["overview"] = OVERVIEW
    document["reports"] = {"jaarverslag": REPORT}


def counted(
    agreement: Agreement,
    number: int,
    values: Mapping[str, Any],
    reached: Mapping[str, str],
    terms: Iterable[TermFacts] = (),
    closed_on: str = "",
) -> Counted:
    """A dossier by what is counted of it."""
    facts = DossierFacts(
        f"d{number}", agreement.organisation, agreement.department, f"N-{number}", agreement.hash, values,
        reached, tuple(terms), bool(closed_on), closed_on,
    )  # fmt: skip
    return Counted(facts, agreement, datetime(2030, 1, 1, tzinfo=UTC))


def days_after(start: str, days: int) -> str:
    return (date.fromisoformat(start) + timedelta(days=days)).isoformat()
