"""Until when a dossier is kept: counted like any term, from whatever the files say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.retention.periods import Retention, retention_of
from gehoor.core.wording.registry import DUTCH
from tests.support.clock import at
from tests.support.de_linde import QuickEngine, changed
from tests.support.decisions import COMPLAINT
from tests.support.retention import keeping

NOW = at("2030-01-02 09:00")


def agreed(*, born: bool = False, **periods: dict[str, Any]) -> Agreement:
    def change(document: dict[str, Any]) -> None:
        keeping(document)
        document["retention"] = periods
        if born:
            document["forms"]["dossier"]["properties"]["geboren_op"] = {
                "title": "Geboren op", "type": "string", "format": "date", "phase": "registratie",
                "personal-data": "P1",
            }  # fmt: skip

    return changed(change)


def kept(agreement: Agreement, under: Agreement | None = None, **answers: Any) -> Retention:
    values = {**COMPLAINT, "afgesloten_op": "2024-02-29", **answers}
    dossier = Dossier("d", values={name: value for name, value in values.items() if value is not None})
    own = under or agreement
    return retention_of(agreement, own, dossier, decide(own, dossier, NOW, QuickEngine()), QuickEngine())


def until(found: Retention) -> date | None:
    return found.longest.until if found.longest else None


USUAL = {"name": "Gewoon", "keep-for": "5 years", "from": "afgesloten"}


def test_a_year_after_the_29th_of_february_is_the_28th() -> None:
    found = kept(agreed(gewoon=USUAL))
    assert until(found) == date(2029, 2, 28)
    assert (found.ended(date(2029, 2, 28)), found.ended(date(2029, 3, 1))) == (False, True)


def test_the_sum_can_be_redone_by_hand() -> None:
    longest = kept(agreed(gewoon=USUAL)).longest
    assert longest is not None
    said = DUTCH.derivation.sentences(longest.due.steps, "Dossier afgesloten")
    assert said[0].startswith("Dossier afgesloten")
    assert "28 februari 2029" in said[-1]


def test_it_counts_from_the_end_of_the_year_where_that_is_agreed() -> None:
    assert until(kept(agreed(gewoon={**USUAL, "from-year-end": True}))) == date(2029, 12, 31)


def test_it_counts_from_a_birth_and_only_where_that_is_known() -> None:
    child = {"name": "Kinderen", "keep-for": "23 years", "from-field": "geboren_op"}
    agreement = agreed(born=True, gewoon=USUAL, kind=child)
    assert until(kept(agreement, geboren_op="2014-05-01")) == date(2037, 5, 1)
    assert until(kept(agreement)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("severity", "day"), [(3, date(2029, 2, 28)), (4, date(2034, 2, 28)), (None, date(2029, 2, 28))]
)
def test_the_longest_that_applies_counts(severity: int | None, day: date) -> None:
    serious = {
        "name": "Ernstig",
        "keep-for": "10 years",
        "from": "afgesloten",
        "if": {"ernst": {"at-least": 4}},
    }
    assert until(kept(agreed(gewoon=USUAL, ernstig=serious), ernst=severity)) == day


def test_the_age_of_whom_it_concerns_can_be_asked() -> None:
    young = {
        "name": "Jong", "keep-for": "20 years", "from": "afgesloten",
        "if": {"geboren_op": {"later-than": "18 years before ontvangstdatum"}},
    }  # fmt: skip
    agreement = agreed(born=True, gewoon=USUAL, jong=young)
    assert until(kept(agreement, geboren_op="2010-01-01")) == date(2044, 2, 29)
    assert until(kept(agreement, geboren_op="1980-01-01")) == date(2029, 2, 28)


def test_what_is_open_is_kept() -> None:
    assert kept(agreed(gewoon=USUAL), afgesloten_op=None) == Retention(())


def test_where_nothing_is_agreed_nothing_ends() -> None:
    agreement = changed(lambda document: None)
    assert not kept(agreement).ended(date(2100, 1, 1))


@pytest.mark.parametrize(("answer", "held"), [("Een geschil", True), (None, False)])
def test_an_answer_that_blocks_it_keeps_it(answer: str | None, held: bool) -> None:
    found = kept(agreed(gewoon=USUAL), bewaarblokkering=answer)
    assert (found.hold is not None) is held
    assert found.ended(date(2029, 3, 1)) is not held


def test_an_answer_that_the_agreement_of_now_reads_otherwise_is_not_asked() -> None:
    own = agreed(gewoon=USUAL)

    def otherwise(document: dict[str, Any]) -> None:
        keeping(document)
        document["forms"]["dossier"]["properties"]["herhaalkans"] = {
            "title": "Kans", "type": "string", "phase": "onderzoek", "personal-data": "P0",
        }  # fmt: skip
        document["rules"] = {}
        document["tables"] = {}
        document["retention"] = {
            "gewoon": USUAL,
            "vaak": {"name": "Vaak", "keep-for": "9 years", "from": "afgesloten", "if": {"herhaalkans": "3"}},
        }

    assert until(kept(changed(otherwise), own, herhaalkans=3)) == date(2029, 2, 28)
