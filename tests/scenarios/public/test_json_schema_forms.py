"""What a form says in words of JSON Schema, as people outside and staff meet it on the page."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.de_linde import MELDEN, ORGANISATION, new_runtime, publish_change
from tests.support.site import Site, new_site

PATH = "/de-linde/beukenhof/melden"
FIELDS: dict[str, Any] = {
    "tevreden": {
        "title": "Hoe tevreden bent u?",
        "type": "integer",
        "oneOf": [{"const": number, "title": word} for number, word in enumerate(("Niet", "Wat", "Heel"), start=1)],
    },
    "akkoord": {"title": "Mogen wij dit doorgeven?", "type": "boolean", "const": True},
    "site": {"title": "Op welke website?", "type": "string", "format": "uri", "examples": ["https://www.delinde.example"]},
    "dossiernummer": {
        "title": "Ons nummer",
        "type": "string",
        "pattern": "^[0-9]{6}$",
        "refusal": "Het nummer op uw kaart heeft zes cijfers.",
        "translations": {"fr": {"title": "Notre num\u00e9ro", "refusal": "Le num\u00e9ro a six chiffres."}},
    },
    "loket": {"title": "Loket", "type": "string", "default": "Website", "readOnly": True},
    "leeg": {"title": "Volgt later", "type": "string", "readOnly": True},
}  # fmt: skip


def _ask(document: dict[str, Any]) -> None:
    for name, field in FIELDS.items():
        whole = {**field, "phase": "registratie", "personal-data": "P0"}
        for form in ("dossier", "melden"):
            asked = {**whole, **({"at-opening": True} if form == "dossier" else {})}
            document["forms"][form]["properties"][name] = asked
    document["forms"]["melden"]["dependentRequired"] = {"site": ["akkoord"]}
    document["forms"]["melden"].pop("steps", None)


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, _ask, "2026-01-16 10:00")
    return new_site(runtime=runtime)


def _kept(site: Site) -> dict[str, Any]:
    with reading(site.runtime.store) as register:
        return dict(register.dossier("dossier-1").values)


def _tell(**answers: Any) -> dict[str, Any]:
    return {f"v_{name}": given for name, given in {**MELDEN, **answers}.items()}


def test_a_scale_is_picked_by_its_words_and_kept_as_a_number(site: Site) -> None:
    visitor = site.visitor()
    page = visitor.page(f"{PATH}/alles")
    assert [one.attributes["value"] for one in page.all("input", name="v_tevreden")] == ["1", "2", "3"]
    assert "Heel" in page.text
    assert visitor.send(f"{PATH}/alles", **_tell(tevreden="3")).status_code == 303
    assert _kept(site)["tevreden"] == 3


@pytest.mark.parametrize("typed", ["4", "0", "Heel"])
def test_a_number_that_the_scale_does_not_have_is_refused(site: Site, typed: str) -> None:
    answer = site.visitor().send(f"{PATH}/alles", **_tell(tevreden=typed))
    assert answer.status_code == 422
    assert "Kies een van de antwoorden uit de lijst." in answer.text


def test_a_number_that_was_picked_stays_picked_when_something_else_is_refused(site: Site) -> None:
    answer = site.visitor().send(f"{PATH}/alles", **_tell(tevreden="2", site="geen adres"))
    assert answer.status_code == 422
    assert 'value="2" checked' in answer.text


def test_who_must_agree_is_told_so(site: Site) -> None:
    answer = site.visitor().send(f"{PATH}/alles", **_tell(akkoord="nee"))
    assert answer.status_code == 422
    assert "Zonder \u201cja\u201d hier kan het niet verstuurd worden." in answer.text


def test_what_does_not_follow_the_pattern_is_told_in_words_of_ones_own(site: Site) -> None:
    answer = site.visitor().send(f"{PATH}/alles", **_tell(dossiernummer="12"))
    assert answer.status_code == 422
    assert "Het nummer op uw kaart heeft zes cijfers." in answer.text


def test_those_words_are_said_in_the_language_of_the_page(site: Site) -> None:
    answer = site.visitor().send(f"{PATH}/alles?taal=fr", **_tell(dossiernummer="12"))
    assert answer.status_code == 422
    assert "Le num\u00e9ro a six chiffres." in answer.text


def test_an_example_stands_below_the_field(site: Site) -> None:
    assert "Bijvoorbeeld: https://www.delinde.example" in site.visitor().page(f"{PATH}/alles").text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("www.delinde.example", "https://www.delinde.example"), ("http://a.example/x?y=1", "http://a.example/x?y=1")],
)  # fmt: skip
def test_a_web_address_is_kept_as_a_browser_wants_it(site: Site, typed: str, kept: str) -> None:
    assert site.visitor().send(f"{PATH}/alles", **_tell(site=typed, akkoord="ja")).status_code == 303
    assert _kept(site)["site"] == kept


@pytest.mark.parametrize(
    "typed", ["delinde", "javascript:alert(1)", "https://", "https://a b.example", "ftp://a.example"]
)
def test_what_is_no_web_address_is_refused(site: Site, typed: str) -> None:
    answer = site.visitor().send(f"{PATH}/alles", **_tell(site=typed, akkoord="ja"))
    assert answer.status_code == 422
    assert "Schrijf een volledig webadres" in answer.text


def test_a_field_is_required_when_the_one_it_belongs_to_is_answered(site: Site) -> None:
    answer = site.visitor().send(f"{PATH}/alles", **_tell(site="www.delinde.example"))
    assert answer.status_code == 422
    assert "Kies een antwoord bij \u201cMogen wij dit doorgeven?\u201d." in answer.text
    assert site.visitor().send(f"{PATH}/alles", **_tell()).status_code == 303


def _steps(site: Site, **typed: str) -> None:
    """Go through the form step by step, with these answers, and send it."""
    visitor = site.visitor()
    where = f"{PATH}/vraag/uiteenzetting"
    answers = _tell(**typed)
    for _ in range(30):
        if where.endswith("/nakijken"):
            break
        where = visitor.send(where, verder="verder", **answers).location
    assert visitor.send(where).status_code == 303


def test_what_nobody_fills_in_stands_there_as_text(site: Site) -> None:
    page = site.visitor().page(f"{PATH}/alles")
    assert page.all("input", name="v_loket") == []
    assert "Website" in page.text
    assert "Dit vult niemand in." in page.text


def _whole(site: Site) -> None:
    site.visitor().send(f"{PATH}/alles", **_tell(loket="Ergens anders", leeg="Iets"))


def _step_by_step(site: Site) -> None:
    _steps(site, loket="Ergens anders", leeg="Iets")


def _at_the_desk(site: Site) -> None:
    typed = {"uiteenzetting": MELDEN["uiteenzetting"], "drager": "telefoon", "anoniem": "ja"}
    answer = site.staff("ria", "kwaliteitscoordinator").send(
        "/medewerker/de-linde/beukenhof/registreren",
        **{f"v_{name}": given for name, given in typed.items()},
        v_loket="Ergens anders",
        v_leeg="Iets",
        toch="ja",
    )
    assert answer.status_code == 200, answer.text


def _from_a_file(site: Site) -> None:
    answers = {**MELDEN, "loket": "Ergens anders", "leeg": "Iets"}
    open_dossier(
        site.runtime, Opening(ORGANISATION, "beukenhof", "melden", answers, "k"), at("2026-05-12 14:00")
    )


@pytest.mark.parametrize("way", [_whole, _step_by_step, _from_a_file, _at_the_desk])
def test_what_is_sent_for_it_is_not_looked_at(site: Site, way: Any) -> None:
    way(site)
    kept = _kept(site)
    assert kept["loket"] == "Website"
    assert "leeg" not in kept


def test_it_is_shown_too_when_the_page_comes_back(site: Site) -> None:
    answer = site.visitor().send(f"{PATH}/alles", **_tell(akkoord="nee", loket="Ergens anders"))
    assert answer.status_code == 422
    assert "Ergens anders" not in answer.text
    assert "Website" in answer.text


def test_in_a_dossier_it_is_refused(site: Site) -> None:

    _from_a_file(site)
    with reading(site.runtime.store) as register:
        version = register.dossier("dossier-1").version
    site.add_staff("els", "kwaliteitscoordinator")
    with pytest.raises(RefusedError, match="loket: fixed"):
        fill_in(
            site.runtime,
            Filling("dossier-1", {"loket": "Ergens anders"}, version, "els"),
            at("2026-05-12 15:00"),
        )
