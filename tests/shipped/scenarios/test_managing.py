"""Who keeps watch over what is done, and who steps in."""

from __future__ import annotations

import re
from collections.abc import Callable

from gehoor.services.register.register import reading
from tests.shipped.founding.story import told
from tests.shipped.scenarios.acting import card, go, main, push, write
from tests.shipped.scenarios.stage import Stage

Begin = Callable[[str], Stage]
HOUSE = "de-linde/beukenhof"
COORDINATOR = f"{HOUSE}:kwaliteitscoordinator"


def test_a_manager_sees_what_is_late_today_and_this_week_and_prints_it(on_stage: Begin) -> None:
    """11. Manager opens the overview: late today, late this week, by responsible; each line leads to the dossier;
    print."""
    stage = on_stage("2026-05-12 14:00")
    for name in ("els", "nadia"):
        stage.hired(name, COORDINATOR)
    for when, subject in (("2026-05-04 09:00", "Oud"), ("2026-05-12 09:00", "Nieuw")):
        told(
            stage.runtime,
            when,
            onderwerp=subject,
            klager_naam=subject,
            uiteenzetting=f"{subject}. Niemand kwam.",
        )
    stage.later("2026-05-13 09:00")
    koen = stage.works("koen", f"{HOUSE}:dagelijks-verantwoordelijke")
    for tab, number in (("Te laat", "BEU-2026-0001"), ("Komende 7 dagen", "BEU-2026-0002")):
        go(koen, re.compile(f"^{tab}"))
        assert koen.inner_text("h1") == tab
        assert koen.locator("table.work tbody th").all_inner_texts() == [number]
        koen.emulate_media(media="print")
        assert koen.locator("table.work").is_visible()
        assert not koen.locator(".bulk").is_visible()
        koen.emulate_media(media="screen")
        go(koen, number)
        assert number in main(koen)
        koen.goto("/medewerker/")
    go(koen, "BEU-2026-0001")
    push(koen, "Ik behandel dit")
    koen.goto("/medewerker/")
    koen.locator("summary", has_text="Verfijnen en sorteren").click()
    koen.locator("select").and_(koen.get_by_label("Behandelaar")).select_option(label="Koen")
    push(koen, "Toon")
    assert koen.locator("table.work tbody th").all_inner_texts() == ["BEU-2026-0001"]


def test_who_is_ill_is_stood_in_for_and_not_by_whom_it_is_about(on_stage: Begin) -> None:
    """19. Responsible is ill: deputy gets tasks; deputy is the accused: next deputy."""
    stage = on_stage("2026-05-12 14:00")
    stage.hired("koen", f"{HOUSE}:dagelijks-verantwoordelijke")
    stage.hired("marleen", "de-linde/*:algemeen-directeur")
    els = stage.works("els", COORDINATOR)
    go(els, "Els")
    go(els, "Afwezig")
    write(els, "Eerste dag", "2026-05-12")
    push(els, "Bewaren")
    # Els manages accounts too, and the page says that only one of those stays behind.
    push(els, "Toch doen")
    assert "U bent weg vanaf dinsdag 12 mei 2026." in main(els)
    usual = told(stage.runtime, "2026-05-12 15:00")
    koen = stage.works("koen")
    go(koen, "BEU-2026-0001")
    go(koen, "Overzicht")
    acts = "Dagelijks verantwoordelijke, vervangt Kwaliteitscoördinator"
    assert acts in card(koen, "Ontvangstmelding versturen")
    of_koen = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["koen"]}
    about = told(stage.runtime, "2026-05-12 15:00", klager_naam="Maes", onderwerp="Afgesnauwd", **of_koen)
    koen.goto("/medewerker/")
    assert "BEU-2026-0002" not in main(koen)
    marleen = stage.works("marleen")
    go(marleen, "BEU-2026-0002")
    go(marleen, "Overzicht")
    assert "Algemeen directeur, vervangt Kwaliteitscoördinator" in card(marleen, "Ontvangstmelding versturen")
    stage.later("2026-05-21 09:00")
    with reading(stage.runtime.store) as register:
        heard = [
            {who for one in register.messages_of(id_) for who in one.recipients} for id_ in (usual, about)
        ]
    assert heard == [{"koen@delinde.example"}, {"marleen@delinde.example"}]
