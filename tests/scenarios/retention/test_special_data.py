"""Special and criminal personal data show in the dossier only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gehoor.services.dossiers.viewing import look
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.search import search
from tests.support.clock import at
from tests.support.de_linde import staff
from tests.support.retention import closed_complaint, keeping, keeping_de_linde

NOW = at("2026-07-01 09:00")


def with_field(name: str, **said: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        keeping(document)
        document["forms"]["dossier"]["properties"][name] |= said

    return change


def found(runtime: Runtime, typed: str) -> int:
    els = staff(runtime, "els", "kwaliteitscoordinator")
    return len(search(runtime, els, typed, NOW).hits)


@pytest.mark.parametrize(
    ("said", "hits"),
    [
        ({}, 0),
        ({"searched": True}, 1),
        ({"personal-data": "P4"}, 0),
        ({"personal-data": "P2"}, 1),
        ({"personal-data": "P2", "searched": False}, 0),
    ],
)
def test_a_dossier_is_not_found_by_them_unless_the_file_says_so(said: dict[str, Any], hits: int) -> None:
    runtime = keeping_de_linde(change=with_field("nadeel_schade", **said))
    closed_complaint(runtime)
    assert found(runtime, "emotioneel") == hits


def test_in_a_row_the_member_counts() -> None:
    def change(document: dict[str, Any]) -> None:
        keeping(document)
        row = document["forms"]["dossier"]["properties"]["herstelmaatregelen"]["items"]["properties"]
        row["omschrijving"]["personal-data"] = "P3"

    runtime = keeping_de_linde(change=change)
    closed_complaint(runtime)
    assert (found(runtime, "Theofiel"), found(runtime, "ondersteunend")) == (0, 1)


@pytest.mark.parametrize("field", ["uiteenzetting", "ernst"])
def test_they_are_in_no_list(field: str) -> None:
    runtime = keeping_de_linde(change=with_field(field, **{"personal-data": "P3"}))
    dossier = closed_complaint(runtime)
    with reading_projection(runtime) as register:
        summary = register.summary(dossier)
    assert summary is not None
    shown = {"uiteenzetting": summary.subject, "ernst": summary.severity}[field]
    assert "Xandrine" not in shown
    assert shown != "3"
    assert field in look(runtime, dossier, NOW).decision.values
