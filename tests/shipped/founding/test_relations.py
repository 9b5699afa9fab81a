"""The shipped De Linde: a message that somebody else told too, that is withdrawn, or that belongs elsewhere."""

from __future__ import annotations

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.core.wording.registry import sentences_of
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.merging import MergeWanted, merge, told_of_merged, unmerge
from gehoor.services.relations.sending_on import (
    SendWanted,
    departments_beside,
    send_elsewhere,
    send_to_department,
)
from tests.shipped.founding.agreed import departments
from tests.shipped.founding.story import ELS, fill, registered, sent, shipped, told, written
from tests.support.clock import at

NOW = "2026-05-14 09:00"
OPEN = "Wat stelden wij vast, wat beslissen wij, en wat doen wij eraan?"


def seen(runtime: Runtime, dossier: str) -> OpenedDossier:
    return look(runtime, dossier, at(NOW))


def pair(runtime: Runtime) -> tuple[str, str]:
    main = registered(runtime)
    double = told(runtime, klager_naam="Claes", klager_voornaam="Jan", klager_telefoon="0470 98 76 54")
    return main, double


def merged(runtime: Runtime) -> tuple[str, str]:
    main, double = pair(runtime)
    fill(runtime, double, "2026-05-13 10:00", mondeling_verslag_bevestigd="2026-05-13")
    merge(runtime, MergeWanted(double, "BEU-2026-0001", "Over dezelfde bel.", False, ELS), at(NOW))
    return main, double


def test_a_double_closes_as_merged_and_the_other_is_still_answered_by_letter() -> None:
    runtime = shipped()
    main, double = merged(runtime)
    assert seen(runtime, double).decision.closed
    assert seen(runtime, double).dossier.values["afsluitreden"] == "samengevoegd"
    because = [one.because for one in seen(runtime, main).decision.milestones["afgesloten"].blocks]
    assert any(one.startswith("Ook wie een dossier meldde dat hier verderging") for one in because)
    text = written(runtime, double, "samengevoegd", "2026-05-14 10:00", **{OPEN: "Er komt een tweede bel."})
    assert "Over wat u ons op dinsdag 12 mei 2026 vertelde, kregen wij nog een bericht." in text
    sent(runtime, double, "samengevoegd", "2026-05-14 11:00")
    told_of_merged(runtime, main, double, "Brief van 14 mei.", ELS, at("2026-05-14 12:00"))
    because = [one.because for one in seen(runtime, main).decision.milestones["afgesloten"].blocks]
    assert not any(one.startswith("Ook wie een dossier meldde") for one in because)


def test_nothing_is_merged_before_somebody_wrote_down_what_registering_asks() -> None:
    runtime = shipped()
    _main, double = pair(runtime)
    with pytest.raises(RefusedError):
        merge(runtime, MergeWanted(double, "BEU-2026-0001", "Over dezelfde bel.", False, ELS), at(NOW))


def test_undone_it_is_open_again() -> None:
    runtime = shipped()
    main, double = merged(runtime)
    unmerge(runtime, double, "Toch een andere bel.", ELS, at("2026-05-15 09:00"))
    assert not seen(runtime, double).decision.closed
    assert seen(runtime, main).dossier.values["samengevoegd_te_vertellen"] == 0


def test_who_withdraws_is_answered_and_somebody_decides_whether_to_go_on() -> None:
    runtime = shipped()
    dossier = registered(runtime)
    fill(runtime, dossier, NOW, ingetrokken_op="2026-05-14", ingetrokken_door="An Peeters belde zelf.")
    opened = seen(runtime, dossier)
    assert "Ingetrokken" in {flag.because for flag in opened.decision.flags}
    assert [state.owed.duty.name for state in opened.decision.duties if not state.settled]
    fill(runtime, dossier, "2026-05-15 09:00", ingetrokken_toch_verder="nee")
    opened = look(runtime, dossier, at("2026-05-15 10:00"))
    assert opened.decision.terms["antwoord"].status.value == "not-needed"
    text = written(runtime, dossier, "intrekking", "2026-05-15 10:00")
    assert "Wij zoeken het niet verder uit." in text
    fill(
        runtime,
        dossier,
        "2026-05-15 11:00",
        geen_antwoord_reden="ingetrokken",
        geen_antwoord_toelichting="Belde af.",
    )
    fill(
        runtime,
        dossier,
        "2026-05-15 12:00",
        afgesloten_op="2026-05-15",
        afsluitreden="ingetrokken",
        reason="Ingetrokken.",
    )
    assert look(runtime, dossier, at("2026-05-15 13:00")).decision.closed


def test_without_saying_who_it_is_not_withdrawn() -> None:
    runtime = shipped()
    dossier = registered(runtime)
    with pytest.raises(RefusedError):
        fill(runtime, dossier, NOW, ingetrokken_op="2026-05-14")


@pytest.mark.parametrize("to", ["eikenrode", "thuis"])
def test_each_department_takes_over_what_another_sends_on(to: str) -> None:
    runtime = shipped()
    dossier = registered(runtime)
    assert to in departments_beside(runtime, seen(runtime, dossier).agreement, at(NOW))
    after = send_to_department(runtime, SendWanted(dossier, to, "Het gebeurde daar.", ELS), at(NOW))
    new = seen(runtime, after.relations.goes_on_in)
    assert new.dossier.department == to
    assert new.dossier.values["ontvangstdatum"] == "2026-05-12"
    assert new.dossier.values["klager_telefoon"] == "0470 12 34 56"
    assert seen(runtime, dossier).decision.closed


def test_to_another_organisation_goes_nothing_without_a_yes() -> None:
    runtime = shipped()
    dossier = registered(runtime)
    wanted = SendWanted(dossier, "Zorginspectie", "Zij zijn bevoegd.", ELS)
    with pytest.raises(RefusedError):
        send_elsewhere(runtime, wanted, at(NOW))
    fill(runtime, dossier, NOW, doorgestuurd_mag="ja")
    send_elsewhere(runtime, wanted, at(NOW))
    assert seen(runtime, dossier).dossier.values["doorgestuurd_naar"] == "Zorginspectie"


@pytest.mark.parametrize("organisation", ["de-linde", "bruggeveld", "waterhof"])
def test_each_organisation_agreed_on_all_of_it(organisation: str) -> None:
    for one in departments(organisation):
        belonging = one.agreement.belonging
        assert belonging.earlier.promises
        assert None not in (
            belonging.merging,
            belonging.withdrawing,
            belonging.to_department,
            belonging.elsewhere,
        )
        assert {"intrekking", "samengevoegd"} <= one.agreement.correspondence.keys()


def test_the_fourth_complaint_about_one_service_is_marked_in_whatever_order_they_are_looked_into() -> None:
    runtime = shipped()
    numbers = ("0470 11 22 33", "0470 22 33 44", "0470 33 44 55", "0470 44 55 66")
    dossiers = [
        told(runtime, f"2026-05-{day} 14:00", klager_telefoon=number, ontvangstdatum=f"2026-05-{day}")
        for day, number in enumerate(numbers, 10)
    ]
    for minute, dossier in enumerate(reversed(dossiers)):
        fill(runtime, dossier, f"2026-05-13 15:0{minute}", aangeklaagde_dienst="Leefgroep Beuk")
    last = dossiers[-1]
    assert [one.because for one in seen(runtime, last).decision.flags] == []
    sweep(runtime, at("2026-05-13 16:00"))
    opened = seen(runtime, last)
    assert [one.because for one in opened.decision.flags] == ["Vaak dezelfde dienst"]
    (event,) = [one for one in opened.events if one.kind is EventKind.RECOUNTED]
    told_so = sentences_of(opened.agreement).events.text(opened.agreement, event)
    assert told_so.what == "Opnieuw geteld, want in een ander dossier veranderde waarop geteld wordt"
