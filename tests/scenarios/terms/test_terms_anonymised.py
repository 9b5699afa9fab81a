"""What is counted of terms stays once a dossier is anonymised: days in fields, rows, and what began by an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import fold
from gehoor.core.retention.anonymisation import anonymised
from gehoor.services.dossiers.viewing import look
from tests.support.clock import at
from tests.support.de_linde import QuickEngine
from tests.support.volledig import fill, opened, published

ABOUT = {
    "rule": "gewoon",
    "name": "Gewoon",
    "selection_rule": "",
    "kept_until": "2032-12-31",
    "approved_by": "",
}
ACTORS = {"self": "gehoor", "outside": "melder"}
LIFT = {"wat": "Tillift van mevrouw Quackelbeen", "beslist_op": "2027-01-11", "gedaan_op": "2027-01-29"}
BELL = {"wat": "Bel van Quackelbeen", "beslist_op": "2027-01-18", "gedaan_op": "2027-01-29"}


def _as_it_is(_: dict[str, Any]) -> None: ...


def _days_are_personal(document: dict[str, Any]) -> None:
    fields = document["forms"]["dossier"]["properties"]
    fields["beloofd_tegen"]["personal-data"] = "P1"
    for member in fields["maatregelen"]["items"]["properties"].values():
        member["personal-data"] = "P1"


def counted(terms: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(one.term.id, one.status.value, one.due_text) for one in terms.values()]


@pytest.mark.parametrize("change", [_as_it_is, _days_are_personal])
def test_what_is_counted_stays(change: Any) -> None:
    runtime = published(change)
    dossier = opened(runtime, "2027-01-08 09:00", beloofd_tegen="2027-01-20", ernst=2)
    fill(runtime, dossier, "2027-01-12 09:00", ernst=5)
    fill(runtime, dossier, "2027-01-29 09:00", maatregelen=[LIFT, BELL], verwittigd_op="2027-01-12T10:00",
         nagekomen_op="2027-01-22", antwoord_op="2027-01-20")  # fmt: skip
    fill(runtime, dossier, "2027-01-29 10:00", verbetering_op="2027-01-29", gesloten_op="2027-01-29")
    now = at("2033-01-10 09:00")
    seen = look(runtime, dossier, now)
    chain = anonymised(seen.events, {seen.agreement.hash: seen.agreement}, seen.decision, ABOUT, now, ACTORS)
    after = decide(seen.agreement, fold(chain), now, QuickEngine())
    assert {name for name, *_ in counted(after.terms)} == {
        "antwoord",
        "verbetering",
        "directie",
        "belofte",
        "maatregel",
    }
    assert counted(after.terms) == counted(seen.decision.terms)
    assert "Quackelbeen" not in str([event.data for event in chain])
