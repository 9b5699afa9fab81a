"""What someone types in a dossier is kept while they type; it is no answer until they save it."""

from __future__ import annotations

from typing import Any

from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.repinning import Repinning, repin
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change, registered
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

NOW = "2026-05-13 14:02"
SUBJECT = "v_onderwerp"


def opened() -> tuple[Site, Visitor, str]:
    """Return a site with a registered complaint, Ria's browser, and the path of the dossier."""
    site = new_site(NOW)
    dossier = registered(site.runtime)
    return site, site.staff("ria", "kwaliteitscoordinator"), f"/medewerker/dossiers/{dossier}"


def typing(visitor: Visitor, path: str, **typed: Any) -> Any:
    """Send what the page's script sends while someone types; returns what it is told."""
    return sent(visitor, path, visitor.page(path), **typed)


def sent(visitor: Visitor, path: str, page: Page, **typed: Any) -> Any:
    """Send what is typed in a page that is open already; returns what it is told."""
    fields: dict[str, list[str]] = {}
    for name, value in page.form_data():
        fields.setdefault(name, []).append(value)
    answer = visitor.post(f"{path}/onbewaard", {**fields, **typed})
    assert answer.status_code == 200
    return answer.get_json()


def test_what_was_typed_is_there_again_and_nothing_was_decided_on_it() -> None:
    site, ria, path = opened()
    told = typing(ria, path, v_onderwerp="Bel bleef rinkelen")
    page = ria.page(path)
    assert told == {"kept": "Bijgehouden om 14:02. Nog niet bewaard.", "needs": {}, "others": []}
    assert page.value(SUBJECT) == "Bel bleef rinkelen"
    assert "nog niet bewaarde" in page.text
    assert page_faults(page) == []
    assert (
        look(site.runtime, path.rsplit("/", 1)[1], site.clock()).dossier.values["onderwerp"]
        == "Bel niet beantwoord"
    )


def test_nobody_else_sees_what_was_typed() -> None:
    site, ria, path = opened()
    typing(ria, path, v_onderwerp="Bel bleef rinkelen")
    assert site.staff("els", "kwaliteitscoordinator").page(path).value(SUBJECT) == "Bel niet beantwoord"


def test_saving_keeps_nothing_beside_the_answers() -> None:
    _, ria, path = opened()
    typing(ria, path, v_onderwerp="Bel bleef rinkelen")
    saved = ria.send(path, v_onderwerp="De bel bleef rinkelen")
    assert saved.status_code == 303
    page = ria.page(path)
    assert page.value(SUBJECT) == "De bel bleef rinkelen"
    assert "nog niet bewaarde" not in page.text


def test_what_was_typed_can_be_thrown_away() -> None:
    _, ria, path = opened()
    typing(ria, path, v_onderwerp="Bel bleef rinkelen")
    page = ria.page(path)
    (away,) = [
        form for form in page.all("form") if form.attributes.get("action", "").endswith("/onbewaard/weg")
    ]
    assert ria.post(away.attributes["action"], dict(page.form_data(away))).status_code == 303
    assert ria.page(path).value(SUBJECT) == "Bel niet beantwoord"


def test_after_a_month_what_was_typed_is_not_shown_any_more() -> None:
    site, ria, path = opened()
    typing(ria, path, v_onderwerp="Bel bleef rinkelen")
    site.clock.to("2026-06-13 14:03")
    ria = site.staff("ria", "kwaliteitscoordinator")
    assert ria.page(path).value(SUBJECT) == "Bel niet beantwoord"


def test_after_a_month_the_sweep_erases_it() -> None:
    site, ria, path = opened()
    typing(ria, path, v_onderwerp="Bel bleef rinkelen")
    sweep(site.runtime, at("2026-06-12 14:01"))
    with reading(site.runtime.store) as register:
        assert register.tables.count("unsaved") == 1
    sweep(site.runtime, at("2026-06-12 14:02"))
    with reading(site.runtime.store) as register:
        assert register.tables.count("unsaved") == 0


def test_while_typing_one_is_told_who_else_changed_what() -> None:
    site, ria, path = opened()
    page = ria.page(path)
    site.add_staff("els", "kwaliteitscoordinator")
    fill(site.runtime, path.rsplit("/", 1)[1], "2026-05-13 14:01", actor="els", onderwerp="Bel stuk")
    told = sent(ria, path, page, v_onderwerp="Bel bleef rinkelen")
    assert told["others"] == ["Els wijzigde \u201cOnderwerp\u201d om 14:01. Er staat nu: Bel stuk"]


def test_what_both_changed_stands_side_by_side_when_one_comes_back() -> None:
    site, ria, path = opened()
    typing(ria, path, v_onderwerp="Bel bleef rinkelen")
    site.add_staff("els", "kwaliteitscoordinator")
    fill(site.runtime, path.rsplit("/", 1)[1], "2026-05-13 14:30", actor="els", onderwerp="Bel stuk")
    page = ria.page(path)
    assert page.value(SUBJECT) == "Bel bleef rinkelen"
    assert "Els wijzigde" in page.by_id(f"{SUBJECT}-fout").text
    assert "Bel stuk" in page.by_id(f"{SUBJECT}-fout").text


def test_what_others_changed_elsewhere_is_taken_over() -> None:
    site, ria, path = opened()
    typing(ria, path, v_onderwerp="Bel bleef rinkelen")
    fill(site.runtime, path.rsplit("/", 1)[1], "2026-05-13 14:30", mondeling_verslag="Voorgelezen.")
    page = ria.page(path)
    assert page.value("v_mondeling_verslag") == "Voorgelezen."
    assert page.value(SUBJECT) == "Bel bleef rinkelen"


def test_what_was_typed_in_a_field_that_an_answer_on_the_page_brought_is_there_again() -> None:
    _, ria, path = opened()
    page = ria.page(path)
    shown = [value for name, value in page.form_data() if name == "getoond"]
    why = "Het rooster laat zien dat er niemand was."
    brought = {"getoond": [*shown, "gegrondheid_motivering"], "v_gegrondheid_motivering": why}
    sent(ria, path, page, v_gegrondheid="gegrond", **brought)
    page = ria.page(path)
    assert page.value("v_gegrondheid_motivering") == why
    assert page_faults(page) == []


def test_what_was_typed_in_a_field_that_another_hid_in_between_is_there_again() -> None:
    site, ria, path = opened()
    typing(ria, path, v_klager_email="peeters@voorbeeld.be")
    anonymous = {"anoniem": "ja", "klager_naam": "", "klager_telefoon": ""}
    fill(site.runtime, path.rsplit("/", 1)[1], "2026-05-13 14:30", actor="els", **anonymous)
    assert ria.page(path).value("v_klager_email") == "peeters@voorbeeld.be"


def test_someone_of_another_department_keeps_nothing() -> None:
    site, _, path = opened()
    other = site.staff("jan", "de-linde/eikenrode:onthaal")
    token = other.page("/medewerker/").all("input", name="csrf_token")[0].attributes["value"]
    assert other.post(f"{path}/onbewaard", {"csrf_token": token, "v_onderwerp": "x"}).status_code == 404


def test_no_field_is_told_because_a_browser_says_that_it_was_shown() -> None:
    site = new_site(NOW)

    def hide(document: dict[str, Any]) -> None:
        fields = document["forms"]["dossier"]["properties"]
        fields["onderwerp"]["seen-by"] = ["kwaliteitscoordinator"]

    publish_change(site.runtime, hide, "2026-05-12 09:00")
    site.add_staff("els", "kwaliteitscoordinator")
    dossier = registered(site.runtime)
    path = f"/medewerker/dossiers/{dossier}"
    ria = site.staff("ria", "onthaal")
    page = ria.page(path)
    fill(site.runtime, dossier, "2026-05-13 14:01", actor="els", onderwerp="Geheim", klager_gemeente="Gent")
    told = sent(ria, path, page, getoond=["onderwerp", "klager_gemeente"])
    assert told["others"] == ["Els wijzigde \u201cGemeente\u201d om 14:01. Er staat nu: Gent"]


def test_a_page_from_before_a_field_was_taken_out_of_the_agreement_is_told_the_rest() -> None:
    site, ria, path = opened()
    dossier, page = path.rsplit("/", 1)[1], ria.page(path)
    site.add_staff("els", "kwaliteitscoordinator")
    fill(site.runtime, dossier, "2026-05-13 13:50", actor="els", klager_gemeente="Gent")
    fill(site.runtime, dossier, "2026-05-13 13:51", actor="els", klager_gemeente="", onderwerp="Bel stuk")

    def without(document: dict[str, Any]) -> None:
        del document["forms"]["dossier"]["properties"]["klager_gemeente"]

    other = publish_change(site.runtime, without, "2026-05-13 13:52").agreement
    repin(site.runtime, Repinning(dossier, other, "Afgesproken", Operator("els")), site.clock.now)
    told = sent(ria, path, page)
    assert told["others"] == ["Els wijzigde \u201cOnderwerp\u201d om 13:51. Er staat nu: Bel stuk"]
