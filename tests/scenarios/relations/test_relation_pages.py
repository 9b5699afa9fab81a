"""What belongs together on the pages: of staff, and of whoever has a follow-up code."""

from __future__ import annotations

import re

import pytest

from gehoor.services.register.runtime import Runtime
from tests.support.belonging import belonging, ready, seen, told
from tests.support.de_linde import fill, publish_change
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor, new_site

EVERYTHING = "de-linde/*:kwaliteitscoordinator"


def site() -> Site:
    made = new_site("2026-05-06 09:00")
    for department in ("beukenhof", "eikenrode"):
        publish_change(made.runtime, belonging, "2026-02-01 09:00", department)
    return made


def pair(runtime: Runtime) -> tuple[str, str]:
    main = told(runtime, "2026-05-04 10:00").dossier
    double = told(
        runtime, "2026-05-05 08:00", klager_email="jan@voorbeeld.be", klager_naam="Jan Claes"
    ).dossier
    ready(runtime, double)
    return main, double


def act(staff: Visitor, dossier: str, what: str, **typed: str) -> str:
    """Send one of the forms of the overview, and return what it and the course say after it."""
    page = staff.page(f"/medewerker/dossiers/{dossier}")
    token = next(value for name, value in page.form_data() if name == "csrf_token")
    answer = staff.post(f"/medewerker/dossiers/{dossier}/{what}", {**typed, "csrf_token": token})
    if answer.status_code == 422:
        return answer.text
    rooms = (staff.page(f"/medewerker/dossiers/{dossier}/{room}").text for room in ("overzicht", "verloop"))
    return " ".join(rooms)


def test_linking_and_taking_it_back() -> None:
    made = site()
    main, double = pair(made.runtime)
    staff = made.staff("els", EVERYTHING)
    assert "Verbonden" in act(staff, main, "verbinden", nummer="BEU-2026-0002", reden="Over dezelfde bel.")
    page = staff.page(f"/medewerker/dossiers/{double}/overzicht")
    assert "BEU-2026-0001: Over dezelfde bel." in page.text
    assert page_faults(page) == []
    after = act(staff, double, f"losmaken/{main}", reden="Toch niet.")
    assert "Niet meer verbonden met BEU-2026-0001" in after


def test_a_wrong_number_is_told() -> None:
    made = site()
    main, _double = pair(made.runtime)
    staff = made.staff("els", EVERYTHING)
    told_of = act(staff, main, "verbinden", nummer="BEU-2026-0099", reden="Daarom.")
    assert "Er is geen dossier met dit nummer dat u kunt openen." in told_of


def test_merging_telling_the_other_and_undoing() -> None:
    made = site()
    main, double = pair(made.runtime)
    staff = made.staff("els", EVERYTHING)
    act(staff, double, "samenvoegen", nummer="BEU-2026-0001", reden="Over dezelfde bel.", melder="ander")
    page = staff.page(f"/medewerker/dossiers/{double}/overzicht")
    assert "Dit dossier is samengevoegd en gaat verder in BEU-2026-0001" in page.text
    assert page_faults(page) == []
    page = staff.page(f"/medewerker/dossiers/{main}/overzicht")
    assert "Wie dit meldde, moet nog horen wat ervan komt." in page.text
    assert page_faults(page) == []
    assert "Brief van 12 mei." in act(staff, main, f"verteld/{double}", hoe="Brief van 12 mei.")
    after = act(staff, double, "apart", reden="Toch iets anders.")
    assert "Samenvoegen met BEU-2026-0001 ongedaan gemaakt" in after
    assert not seen(made.runtime, double).decision.closed


def test_sending_on_to_a_department_and_elsewhere_with_a_sheet() -> None:
    made = site()
    main, double = pair(made.runtime)
    staff = made.staff("els", EVERYTHING)
    page = staff.page(f"/medewerker/dossiers/{double}/overzicht")
    assert "Doorsturen naar een andere afdeling" in page.text
    assert page_faults(page) == []
    after = act(staff, double, "doorsturen", afdeling="eikenrode", reden="Het gebeurde daar.")
    assert "Doorgestuurd naar WZC Eikenrode" in after
    fill(made.runtime, main, "2026-05-06 08:00", mag_weg="ja")
    act(staff, main, "doorsturen", naar="Zorginspectie", reden="Zij zijn bevoegd.")
    sheet = staff.page(f"/medewerker/dossiers/{main}/doorgestuurd/0")
    assert "Doorgestuurd naar Zorginspectie" in sheet.text
    assert "Klacht van 2026-05-04 10:00" in sheet.text
    assert "els@voorbeeld.be" not in sheet.text
    assert page_faults(sheet) == []
    fill(made.runtime, main, "2026-05-06 10:00", uiteenzetting="Later: alleen voor ons.")
    sheet = staff.page(f"/medewerker/dossiers/{main}/doorgestuurd/0")
    assert "Klacht van 2026-05-04 10:00" in sheet.text
    assert "alleen voor ons" not in sheet.text


def test_who_may_do_none_of_it_is_offered_none_of_it() -> None:
    made = site()
    main, _double = pair(made.runtime)
    page = made.staff("ria", "onthaal").page(f"/medewerker/dossiers/{main}/overzicht")
    for what in ("Verbinden met", "Samenvoegen met", "Doorsturen naar"):
        assert what not in page.text


def visited(made: Site, code: str) -> Visitor:
    visitor = made.visitor()
    visitor.post("/volgen", {"code": code})
    return visitor


def test_outside_a_merged_one_says_so_and_names_nobody() -> None:
    made = site()
    told(made.runtime, "2026-05-04 10:00")
    receipt = told(made.runtime, "2026-05-05 08:00", klager_email="jan@voorbeeld.be", klager_naam="Jan Claes")
    ready(made.runtime, receipt.dossier)
    act(
        made.staff("els", EVERYTHING),
        receipt.dossier,
        "samenvoegen",
        nummer="BEU-2026-0001",
        reden="Dubbel.",
        melder="ander",
    )
    page = visited(made, receipt.code).page("/volgen/dossier")
    assert "Iemand anders vertelde ons over hetzelfde." in page.text
    assert receipt.number in page.text
    assert "BEU-2026-0001" not in page.text
    assert page_faults(page) == []


def test_outside_one_that_was_sent_on_says_where_it_is() -> None:
    made = site()
    receipt = told(made.runtime, "2026-05-05 08:00")
    ready(made.runtime, receipt.dossier)
    act(made.staff("els", EVERYTHING), receipt.dossier, "doorsturen", afdeling="eikenrode", reden="Daar.")
    page = visited(made, receipt.code).page("/volgen/dossier")
    assert "Wij gaven uw bericht door aan WZC Eikenrode." in page.text
    assert "EIK-2026-0001" in page.text
    assert page_faults(page) == []


@pytest.mark.parametrize("reason", ["", "Het is opgelost."])
def test_outside_somebody_withdraws(reason: str) -> None:
    made = site()
    receipt = told(made.runtime, "2026-05-05 08:00")
    visitor = visited(made, receipt.code)
    page = visitor.page("/volgen/dossier")
    assert "Dan stoppen wij." in page.text
    assert page_faults(page) == []
    form = dict(page.form_data(page.one("form", action="/volgen/intrekken")))
    visitor.post("/volgen/intrekken", {**form, "reden": reason})
    page = visitor.page("/volgen/dossier")
    assert re.search("U trok dit in", page.text)
    assert "Ja, ik trek het in" not in page.text
    assert page_faults(page) == []
    assert seen(made.runtime, receipt.dossier).dossier.values.get("ingetrokken_waarom", "") == reason


def test_without_a_visit_nothing_is_withdrawn() -> None:
    made = site()
    receipt = told(made.runtime, "2026-05-05 08:00")
    made.visitor().post("/volgen/intrekken", {"reden": ""})
    assert "ingetrokken_op" not in seen(made.runtime, receipt.dossier).dossier.values
