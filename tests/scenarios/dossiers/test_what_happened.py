"""After a press the page says what happened, and what can be done now; a closed dossier says that it is."""

from __future__ import annotations

from tests.scenarios.dossiers.test_closing import (
    APOLOGY,
    CARED_FOR,
    CLOSE,
    PUT_RIGHT,
    RECEIVED,
    answered_first,
)
from tests.support.de_linde import fill, registered
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

WHEN = "2026-06-01 10:00"


def els_of(site: Site) -> Visitor:
    return site.staff("els", "kwaliteitscoordinator")


def home(dossier: str) -> str:
    return f"/medewerker/dossiers/{dossier}"


def said(visitor: Visitor, location: str) -> str:
    return visitor.page(location).one("p", class_="saved").text


def test_who_takes_a_dossier_reads_that_they_handle_it() -> None:
    site = new_site("2026-05-20 10:00")
    els, dossier = els_of(site), registered(site.runtime)
    taken = {"aan": "els", "eerst": "", "terug": "behandelen"}
    answer = els.post(f"{home(dossier)}/behandelaar", {**dict(els.page(home(dossier)).form_data()), **taken})
    assert said(els, answer.location) == "U behandelt dit dossier nu."


def test_who_saves_reads_what_was_filled_in_and_nothing_of_before() -> None:
    site = new_site("2026-05-20 10:00")
    els, dossier = els_of(site), registered(site.runtime)
    answer = els.send(home(dossier), v_omstandigheden="Twee zieken.", getoond="omstandigheden")
    assert said(els, answer.location) == "Bewaard. Ingevuld: Omstandigheden."


def test_a_question_that_was_answered_ends_as_it_is_asked() -> None:
    site = new_site("2026-05-20 10:00")
    els, dossier = els_of(site), registered(site.runtime)
    answer = els.send(home(dossier), v_klager_is_betrokkene="ja", getoond="klager_is_betrokkene")
    assert said(els, answer.location).endswith("?")


def test_who_saves_what_stood_there_already_reads_that_nothing_changed() -> None:
    site = new_site("2026-05-20 10:00")
    els, dossier = els_of(site), registered(site.runtime)
    answer = els.resend(home(dossier), els.page(home(dossier)))
    assert said(els, answer.location) == "Er was niets veranderd: alles stond er al zo."


def closed(site: Site) -> str:
    dossier = answered_first(site.runtime)
    fill(
        site.runtime,
        dossier,
        WHEN,
        **CLOSE,
        **RECEIVED,
        **PUT_RIGHT,
        **APOLOGY,
        reason="De familie wil niet meer.",
    )
    return dossier


def test_a_closed_dossier_says_so_and_what_can_still_be_done() -> None:
    site = new_site(WHEN)
    dossier = closed(site)
    page = els_of(site).page(home(dossier))
    told = page.one("section", class_="closed-now").text
    assert all(text in told for text in ("Sinds maandag 1 juni 2026.", "Dit gaat niet meer door: Nazorg."))
    assert "Dossier heropenen" in told
    assert [
        one.text
        for one in page.all("button")
        if "ewaren" in one.text and not one.attributes.get("aria-hidden")
    ] == ["Verbetering bewaren"]
    assert page_faults(page) == []


def test_who_may_not_open_it_again_is_not_offered_that() -> None:
    site = new_site(WHEN)
    dossier = closed(site)
    page = site.staff("fatima", "teamverantwoordelijke").page(home(dossier))
    assert "Dossier heropenen" not in page.text


def test_who_closes_reads_that_it_is_closed() -> None:
    site = new_site(WHEN)
    dossier = answered_first(site.runtime)
    fill(
        site.runtime,
        dossier,
        WHEN,
        **RECEIVED,
        **PUT_RIGHT,
        **CARED_FOR,
        **APOLOGY,
        afsluitreden="beantwoord",
    )
    els = els_of(site)
    page = els.page(f"{home(dossier)}/afsluiten")
    (form,) = [one for one in page.all("form") if one.attributes.get("action") == home(dossier)]
    answer = els.post(home(dossier), {**dict(page.form_data(form)), "afronden": "afgesloten_op"})
    assert said(els, answer.location) == "Het dossier is afgesloten."


# Where what is still to be done is done


def links(page: Page) -> dict[str, str]:
    return {a.text: a.attributes["href"] for a in page.all("a")}


def test_what_a_rule_waits_for_in_a_row_is_named_where_it_is_filled_in() -> None:
    site = new_site(WHEN)
    dossier = answered_first(site.runtime)
    fill(
        site.runtime,
        dossier,
        WHEN,
        verbeteracties=[{"omschrijving": "Een tweede bel.", "uitgevoerd_op": "2026-05-30"}],
    )
    els = els_of(site)
    what = next(
        text
        for text in links(els.page(f"{home(dossier)}/afsluiten"))
        if text.startswith("Verbeteractie 1: vul")
    )
    assert "“Welke leidinggevende is betrokken, en wanneer?”" in what
    page = els.page(home(dossier))
    assert "#v_verbeteracties-0-" in links(page)[what]
    assert what in page.by_id("fase-preventie").text


def test_what_is_first_to_do_leads_to_where_it_is_done() -> None:
    site = new_site("2026-05-20 10:00")
    dossier = registered(site.runtime)
    page = els_of(site).page(home(dossier))
    assert "to-do" in page.html
    names = [
        a for a in page.all("a") if a.parent and "to-do" in (a.parent.parent or a).attributes.get("class", "")
    ]
    assert "#v_" in names[0].attributes["href"]
