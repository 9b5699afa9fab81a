"""A dossier that moves to other agreements exists for nobody for whom it did not, unless whoever moves it says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.repinning import Repinning, rehearse_repin, repin
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, publish_change, registered, staff

NOW = "2026-05-14 09:00"


def house() -> tuple[Runtime, str]:
    runtime = de_linde()
    staff(runtime, "rita", "onthaal")
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = registered(runtime)
    about: dict[str, Any] = {
        "voorwerp": "persoon",
        "aangeklaagde_medewerkers": ["rita"],
        "vertrouwelijkheid": "streng",
    }
    fill(runtime, dossier, "2026-05-13 11:00", **about, reason="zo is het")
    return runtime, dossier


def nobody_accused(document: dict[str, Any]) -> None:
    del document["forms"]["dossier"]["properties"]["aangeklaagde_medewerkers"]["meaning"]


def for_everyone(document: dict[str, Any]) -> None:
    document["confidentiality"]["streng"] = "everyone"


def slower(document: dict[str, Any]) -> None:
    document["terms"]["ontvangstmelding"]["within"] = "9 working-days"


def for_reception(document: dict[str, Any]) -> None:
    document["confidentiality"]["streng"] = {"exists-for": ["kwaliteitscoordinator", "onthaal"]}


def wanted(
    runtime: Runtime, dossier: str, change: Callable[[dict[str, Any]], None], *opens: str
) -> Repinning:
    published = publish_change(runtime, change, "2026-05-13 12:00")
    return Repinning(dossier, published.agreement, "een termijn", Operator("els"), opens_for=opens)


def sees(runtime: Runtime, dossier: str, name: str) -> bool:
    try:
        look(runtime, dossier, at(NOW), name)
    except UnknownDossierError:
        return False
    return True


def refused(runtime: Runtime, asked: Repinning) -> list[str]:
    codes = []
    for do in (rehearse_repin, repin):
        with pytest.raises(RefusedError) as raised:
            do(runtime, asked, at(NOW))
        codes.append([one.code for one in raised.value.objections])
    assert codes[0] == codes[1]
    return codes[0]


def test_whom_it_is_about_never_comes_in() -> None:
    runtime, dossier = house()
    assert refused(runtime, wanted(runtime, dossier, nobody_accused, "rita")) == ["repin-unprotected"]
    assert not sees(runtime, dossier, "rita")


@pytest.mark.parametrize("change", [for_everyone, for_reception])
def test_who_comes_in_by_another_level_is_named(change: Callable[[dict[str, Any]], None]) -> None:
    runtime, dossier = house()
    staff(runtime, "ona", "onthaal")
    asked = wanted(runtime, dossier, change)
    with pytest.raises(RefusedError) as raised:
        repin(runtime, asked, at(NOW))
    (objection,) = raised.value.objections
    assert objection.code == "repin-opens"
    assert {"ona", "streng"} <= set(objection.details["parties"])
    assert "rita" not in objection.details["parties"]
    assert not sees(runtime, dossier, "ona")


def test_of_whom_it_is_said_by_name_may_come_in() -> None:
    runtime, dossier = house()
    staff(runtime, "ona", "onthaal")
    asked = wanted(runtime, dossier, for_reception, "ona", "ria", "streng")
    repin(runtime, asked, at(NOW))
    assert sees(runtime, dossier, "ona")
    assert not sees(runtime, dossier, "rita")


def test_what_opens_for_nobody_moves() -> None:
    runtime, dossier = house()
    asked = wanted(
        runtime,
        dossier,
        lambda document: document["terms"]["ontvangstmelding"].update(within="9 working-days"),
    )
    repin(runtime, asked, at(NOW))
    assert not sees(runtime, dossier, "rita")
    assert sees(runtime, dossier, "els")
