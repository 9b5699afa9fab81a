"""Beheer: accounts on pages, for who manages them."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.confirmation import confirm
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.register.register import reading
from tests.scenarios.accounts.test_confirmation import at_home
from tests.support.de_linde import fill, open_by_phone, publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, Site, Visitor, new_site

HOME = "/medewerker/beheer"
MANAGER = "kwaliteitscoordinator"
DESK = "de-linde/beukenhof:onthaal"


def managing(document: dict[str, Any]) -> None:
    document["rights"] = {**document.get("rights", {}), Action.MANAGE_ACCOUNTS.value: [MANAGER]}


def house() -> tuple[Site, Visitor]:
    site = new_site()
    publish_change(site.runtime, managing, "2026-05-01 10:00")
    site.add_staff("ria", "onthaal")
    site.add_staff("koen", "teamverantwoordelijke")
    site.add_staff("ver", "de-linde/eikenrode:onthaal")
    return site, site.staff("mia", MANAGER)


def page_of(name: str) -> str:
    return f"{HOME}/accounts/{name}"


def post(visitor: Visitor, path: str, on: str, **typed: str) -> tuple[int, Page]:
    token = visitor.page(on).value("csrf_token")
    answer = visitor.post(path, {"csrf_token": token, **{k.replace("_", "-"): v for k, v in typed.items()}})
    return answer.status_code, Page(answer.text)


def kept(site: Site, name: str) -> Any:
    with reading(site.runtime.store) as register:
        return register.account(name)


def test_only_who_manages_finds_the_place() -> None:
    site, mia = house()
    ria = site.visitor()
    ria.send("/medewerker/aanmelden", naam="ria", wachtwoord=PASSWORD)
    assert "Beheer" in mia.page("/medewerker/").text
    assert "Beheer" not in ria.page("/medewerker/").text
    assert ria.get(HOME).status_code == 404


def test_the_list_says_who_there_is_with_their_roles_in_words() -> None:
    _site, mia = house()
    page = mia.page(HOME)
    assert page_faults(page) == []
    rows = [row.text for row in page.all("tr")][1:]
    assert [row.split()[0] for row in rows] == ["Koen", "Mia", "Ria"]
    assert "Onthaal, WZC Beukenhof" in rows[2]
    assert [row.text.split()[0] for row in mia.page(f"{HOME}?q=ri").all("tr")][1:] == ["Ria"]
    assert "Niemand past" in mia.page(f"{HOME}?q=olifant").text


def test_roles_that_nobody_fills_are_named() -> None:
    _site, mia = house()
    assert "Rollen zonder iemand" in mia.page(HOME).text


def test_what_is_not_theirs_is_not_there() -> None:
    _site, mia = house()
    for name in ("ver", "nobody"):
        assert mia.get(page_of(name)).status_code == 404
        assert (
            post(mia, f"{page_of(name)}/gegevens", HOME + "/nieuw", volledig="X", adres="x@y.example")[0]
            == 404
        )


def test_a_new_account_gets_a_password_that_is_changed_before_anything_else() -> None:
    site, mia = house()
    answer = mia.send(f"{HOME}/nieuw", naam="Nel", volledig="Nel Claes", adres="nel@x.example", rol=DESK)
    page = Page(answer.text)
    assert page_faults(page) == []
    (shown,) = page.all("dd", class_="key")
    assert "Tot dan kan niemand zich ermee aanmelden." in page.text
    nel = site.visitor()
    assert nel.send("/medewerker/aanmelden", naam="nel", wachtwoord=shown.text).status_code != 303
    assert "Nieuw" in [row.text for row in mia.page(f"{HOME}?q=nel").all("tr")][1]
    confirm(site.runtime, "nel", Operator("beheerder"), site.clock.now)
    assert nel.send("/medewerker/aanmelden", naam="nel", wachtwoord=shown.text).status_code == 303
    assert nel.get("/medewerker/").location == "/medewerker/mijn-account"
    code, _ = post(
        nel,
        "/medewerker/mijn-account/wachtwoord",
        "/medewerker/mijn-account",
        oud=shown.text,
        nieuw="drie losse woorden",
    )
    assert code == 303
    assert nel.get("/medewerker/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"naam": "N!"}, "Gebruik kleine letters"),
        ({"naam": "ver"}, "al in gebruik"),
        ({"volledig": " "}, "Geef de volledige naam"),
        ({"volledig": "Nel\u200b Claes"}, "In deze naam staan tekens die niemand ziet"),
        ({"adres": "nel"}, "Geef een e-mailadres"),
        ({"rol": "de-linde/eikenrode:onthaal"}, "Kies een rol"),
        ({"rol": "de-linde/*:onthaal"}, "Kies een rol"),
    ],
)
def test_a_new_account_that_will_not_do_comes_back_with_what_was_typed(
    typed: dict[str, str], sentence: str
) -> None:
    _site, mia = house()
    given = {"naam": "nel", "volledig": "Nel Claes", "adres": "nel@x.example", "rol": DESK, **typed}
    answer = mia.send(f"{HOME}/nieuw", **given)
    page = Page(answer.text)
    assert (answer.status_code, page_faults(page)) == (422, [])
    assert sentence in page.text
    assert page.value("naam") == given["naam"]


def test_another_name_and_address_wait_and_the_page_says_who_asked() -> None:
    site, mia = house()
    assert (
        post(mia, f"{page_of('ria')}/gegevens", page_of("ria"), volledig="Ria Nieuw", adres="r@x.example")[0]
        == 303
    )
    assert kept(site, "ria").full_name == "Ria"
    page = mia.page(page_of("ria"))
    assert "De naam wordt: Ria Nieuw" in page.text
    assert "Let op" not in page.text
    assert page_faults(page) == []
    told = [row.text[17:] for row in page.all("tr")]
    assert {"Miagegeven, wacht op bevestiging: naam", "Miagegeven, wacht op bevestiging: adres"} <= set(told)
    assert "Berichten gaan naar een ander adres: r@x.example" in page.text
    code, page = post(mia, f"{page_of('ria')}/gegevens", page_of("ria"), volledig="Riet", adres="nergens")
    assert (code, page_faults(page), page.value("volledig")) == (422, [], "Riet")


def test_who_confirms_is_told_that_somebody_else_is_called_so() -> None:
    site, mia = house()
    mia.send(f"{HOME}/nieuw", naam="nel", volledig="Rіa", adres="nel@x.example", rol=DESK)
    post(mia, f"{page_of('koen')}/gegevens", page_of("koen"), volledig="VER", adres="koen@delinde.example")
    assert "Let op: zo heet ook Ria (ria)" in mia.page(page_of("nel")).text
    told = mia.page(page_of("koen"))
    assert "De naam wordt: VER" in told.text
    assert "Let op: zo heet ook iemand die u niet beheert" in told.text
    assert page_faults(told) == []
    code, page = post(
        mia, f"{page_of('ria')}/gegevens", page_of("ria"), volledig="Ri\u200ba", adres="r@x.example"
    )
    assert (code, "tekens die niemand ziet" in page.text, page_faults(page)) == (422, True, [])
    confirm(site.runtime, "koen", Operator("beheerder"), site.clock.now)
    assert "VER (koen)" in [one.text for one in mia.page(page_of("ria")).all("option")]


def test_a_role_is_given_for_a_while_and_taken() -> None:
    site, mia = house()
    role, form = "de-linde/beukenhof:sociale-dienst", f"{page_of('ria')}/rollen"
    typed = {"rol": role, "rol_van": "2026-06-01", "rol_tot": "2026-06-30"}
    assert post(mia, form, page_of("ria"), **typed)[0] == 303
    assert "van maandag 1 juni 2026 tot en met dinsdag 30 juni 2026" in mia.page(page_of("ria")).text
    code, page = post(mia, form, page_of("ria"), **{**typed, "rol_tot": "2026-05-01"})
    assert (code, "De laatste dag komt voor de eerste." in page.text, page_faults(page)) == (422, True, [])
    assert post(mia, f"{form}/weg", page_of("ria"), rol=role)[0] == 303
    assert kept(site, "ria").all_roles == (DESK,)
    code, page = post(mia, f"{form}/weg", page_of("ria"), rol=DESK)
    assert (code, "Dit is de enige rol." in page.text) == (403, True)


def test_away_with_a_deputy_and_back() -> None:
    site, mia = house()
    form = f"{page_of('ria')}/afwezig"
    assert post(mia, form, page_of("ria"), weg_van="2026-05-12", weg_tot="", vervanger="koen")[0] == 303
    assert "Koen neemt intussen waar." in mia.page(HOME).text
    code, page = post(mia, form, page_of("ria"), weg_van="2026-05-12", weg_tot="2020-01-01", vervanger="")
    assert (code, "al voorbij" in page.text, page_faults(page)) == (422, True, [])
    code, page = post(mia, form, page_of("ria"), weg_van="2026-05-12", weg_tot="", vervanger="mia")
    assert (code, "Kies iemand anders dan uzelf." in page.text) == (422, True)
    assert post(mia, f"{page_of('ria')}/terug", page_of("ria"))[0] == 303
    assert kept(site, "ria").absences == ()


def test_two_accounts_of_one_person() -> None:
    site, mia = house()
    form = f"{page_of('ria')}/persoon"
    assert post(mia, form, page_of("ria"), persoon="koen")[0] == 303
    page = mia.page(page_of("ria"))
    assert "Is dezelfde persoon als Koen" in page.text
    assert page_faults(page) == []
    confirm(site.runtime, "ria", Operator("beheerder"), site.clock.now)
    assert "Ook: Koen (koen)" in mia.page(HOME).text
    assert post(mia, form, page_of("ria"), persoon="")[0] == 303
    page = mia.page(page_of("ria"))
    assert "Is niet meer dezelfde persoon als Koen" in page.text
    assert page_faults(page) == []
    confirm(site.runtime, "ria", Operator("beheerder"), site.clock.now)
    assert kept(site, "ria").person == ""


def test_ones_own_roles_are_for_somebody_else_to_change() -> None:
    _site, mia = house()
    page = mia.page(page_of("mia"))
    assert page_faults(page) == []
    assert "Neem weg" not in page.text
    code, page = post(mia, f"{page_of('mia')}/rollen", page_of("mia"), rol=DESK)
    assert (code, "wijzigt u niet zelf" in page.text) == (403, True)


def test_the_second_step_goes_only_after_it_was_asked() -> None:
    _site, mia = house()
    code, page = post(mia, f"{page_of('ria')}/tweede-stap-af", page_of("ria"))
    assert (code, "Ga dit eerst na" in page.text) == (422, True)
    assert post(mia, f"{page_of('ria')}/tweede-stap-af", page_of("ria"), zeker="ja")[0] == 303


def test_a_password_is_shown_once_and_ends_sessions() -> None:
    site, mia = house()
    ria = site.visitor()
    ria.send("/medewerker/aanmelden", naam="ria", wachtwoord=PASSWORD)
    code, page = post(mia, f"{page_of('ria')}/wachtwoord", page_of("ria"))
    assert (code, len(page.all("dd", class_="key")[0].text)) == (200, 19)
    assert ria.get("/medewerker/").status_code == 302


def test_leaving_shows_what_is_open_hands_it_over_and_closes() -> None:
    site, mia = house()
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    assign(site.runtime, Assigning(dossier, "ria", Operator("beheer")), site.clock.now)
    form = f"{page_of('ria')}/afsluiten"
    page = mia.page(form)
    assert page_faults(page) == []
    assert "BEU-2026-0001 behandelt dit dossier" in page.text
    code, page = post(mia, form, form, aan="ver")
    assert (code, kept(site, "ria").active) == (422, True)
    assert post(mia, form, form, aan="koen")[0] == 303
    assert not kept(site, "ria").active
    with reading(site.runtime.store) as register:
        assert register.dossier(dossier).handler == "koen"
    assert "Afgesloten" in mia.page(page_of("ria")).text
    assert "Er staat niets open." in mia.page(form).text


def test_what_whoever_takes_over_cannot_see_by_a_role_is_named_and_not_theirs() -> None:
    site, mia = house()
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    assign(site.runtime, Assigning(dossier, "koen", Operator("beheer")), site.clock.now)
    fill(site.runtime, dossier, "2026-05-12 10:30", actor="mia", vertrouwelijkheid="beperkt")
    form = f"{page_of('koen')}/afsluiten"
    code, page = post(mia, form, form, aan="ria")
    assert (code, page_faults(page)) == (200, [])
    assert "BEU-2026-0001: Wie het overneemt, kan dit dossier met zijn rollen niet zien." in page.text
    ria = site.visitor()
    ria.send("/medewerker/aanmelden", naam="ria", wachtwoord=PASSWORD)
    assert ria.get(f"/medewerker/dossiers/{dossier}").status_code == 404
    assert mia.get(f"/medewerker/dossiers/{dossier}").status_code == 200


def test_its_number_is_not_told_to_who_does_not_know_of_it() -> None:
    """Piet of the personnel office sees no dossiers."""
    site, visitors = at_home("piet")
    for name in ("koen", "ria"):
        site.add_staff(name, "teamverantwoordelijke" if name == "koen" else "onthaal")
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    assign(site.runtime, Assigning(dossier, "koen", Operator("beheer")), site.clock.now)
    fill(site.runtime, dossier, "2026-05-12 10:30", actor="els", vertrouwelijkheid="beperkt")
    form = f"{page_of('koen')}/afsluiten"
    _code, page = post(visitors["piet"], form, form, aan="ria")
    assert "Een dossier dat u niet kunt openen: Wie het overneemt" in page.text
    assert "BEU-2026-0001" not in page.text


def test_of_who_works_elsewhere_too_only_the_roles_here_are_changed() -> None:
    site, mia = house()
    change_account(
        site.runtime,
        AccountChange("ria", more=("de-linde/eikenrode:onthaal",)),
        Operator("beheer"),
        site.clock.now,
    )
    page = mia.page(page_of("ria"))
    assert page_faults(page) == []
    assert "Ook rollen die u niet beheert" in page.text
    assert "Eikenrode" not in page.text
    assert page.all("input", name="adres") == []
    assert mia.get(f"{page_of('ria')}/afsluiten").status_code == 403
    assert post(mia, f"{page_of('ria')}/rollen/weg", page_of("ria"), rol=DESK)[0] == 303
    assert mia.get(page_of("ria")).status_code == 404
