"""Forms that others ask, written as ours: an ombudsman's, a hospital's and a town's, walked along each branch.

Their files are ``tests/examples/overgenomen``: what they ask, in words of our own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.form import Form
from gehoor.core.forms.steps import steps_of
from gehoor.loading.load import LoadedWorkspace, load_workspace
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.recording.answers import shown_fields
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.loading_cases import EXAMPLES
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor, new_site

Typed = Mapping[str, Any]

_ME: Typed = {"naam": "Mia Peeters", "e-mail": "mia@voorbeeld.example"}
_OMBUDSMAN: Typed = {
    "in_naam_van": "mezelf",
    "dienst": "wonen",
    "al_geklaagd": "nee",
    "verhaal": "Sinds de winter wacht ik op een antwoord over mijn premie.",
    "rechtbank": "nee",
    "naam_geheim": "ja",
    "akkoord": "ja",
    **_ME,
}
_HOSPITAL: Typed = {"voor_wie": "zelf", "verhaal": "Niemand zei mij wat er zou gebeuren.", "anoniem": "ja"}
_TOWN: Typed = {
    "hinder": "1",
    "verhaal": "Iemand gaat zich pijn doen.",
    "waar": "adres",
    "straat": "Dorpsstraat",
    "eerder": "nee",
}


def _left_out(typed: Typed, *names: str) -> Typed:
    return {name: given for name, given in typed.items() if name not in names}


_WALKS: tuple[tuple[str, str, Typed], ...] = (
    ("ombudsdienst", "voor mezelf, nog niet geklaagd", {**_OMBUDSMAN, "niet_geklaagd": "Ik durfde niet."}),
    (
        "ombudsdienst",
        "voor een ander, die het goedvindt",
        {
            **_OMBUDSMAN,
            "in_naam_van": "iemand_anders",
            "betrokkene": "Jef Claes",
            "betrokkene_contact": "jef@voorbeeld.example",
            "toestemming": "ja",
            "dienst": "andere",
            "dienst_welke": "De archiefdienst",
        },
    ),
    (
        "ombudsdienst",
        "voor een bedrijf, met een antwoord dat niet helpt",
        {
            **_OMBUDSMAN,
            "in_naam_van": "organisatie",
            "betrokkene": "Bakkerij Claes",
            "dienst": "belastingen",
            "al_geklaagd": "ja",
            "geklaagd_op": "2/3/2026",
            "antwoord_gekregen": "onvoldoende",
            "antwoord_op_klacht": "9/3/2026",
            "feiten_van": "1/2/2026",
            "feiten_tot": "15/2/2026",
        },
    ),
    (
        "ombudsdienst",
        "in de rechtbank, te bellen op een uur",
        {
            **_OMBUDSMAN,
            "dienst": "vervoer",
            "al_geklaagd": "ja",
            "geklaagd_op": "2/3/2026",
            "antwoord_gekregen": "wacht",
            "rechtbank": "ja",
            "rolnummer": "2026/AR/123",
            "gewenst": ["uitleg", "anders"],
            "gewenst_anders": "Dat het niemand meer overkomt.",
            "telefoon": "0470 12 34 56",
            "bereikbaar": "uur",
            "liever_niet": "17u30",
            "naam_geheim": "nee",
        },
    ),
    (
        "ombudsdienst",
        "zonder antwoord, te bellen in de namiddag",
        {
            **_OMBUDSMAN,
            "dienst": "welzijn",
            "al_geklaagd": "ja",
            "geklaagd_op": "2/3/2026",
            "antwoord_gekregen": "neen",
            "telefoon": "0470 12 34 56",
            "bereikbaar": "namiddag",
        },
    ),
    ("ziekenhuis", "de patiënt zelf, anoniem", _HOSPITAL),
    (
        "ziekenhuis",
        "een opname, met een factuur en een behandeling met schade",
        {
            **_HOSPITAL,
            **_ME,
            "anoniem": "nee",
            "verblijf": "opname",
            "opname_op": "1/4/2026",
            "ontslag_op": "9/4/2026",
            "delen-0-waarover": "factuur",
            "delen-0-bedrag": "12,50",
            "delen-1-waarover": "behandeling",
            "delen-1-wie": "De arts van wacht",
            "delen-1-schade": "ja",
            "delen-1-welke_schade": "Een litteken",
            "besproken": "ja",
            "besproken_met": "De hoofdverpleegkundige",
            "last": "3",
            "bemiddeling": "ja",
            "patientnummer": "P1234567",
        },
    ),
    (
        "ziekenhuis",
        "iemand anders, na een raadpleging",
        {
            **_HOSPITAL,
            "voor_wie": "ander",
            "band": "anders",
            "band_anders": "De buurvrouw",
            "patient_weet_het": "kan_niet",
            "verblijf": "raadpleging",
            "afspraak_op": "4/5/2026",
            "afspraak_uur": "9u15",
            "delen-0-waarover": "wachten",
            "delen-0-minuten": "95",
            "delen-1-waarover": "anders",
            "delen-1-namelijk": "De parking",
            "besproken": "nee",
            "vertrouwen": "2",
            "bemiddeling": "nee",
            "hoe_gevonden": "anders",
            "hoe_gevonden_anders": "Van mijn huisarts",
        },
    ),
    (
        "ziekenhuis",
        "een ouder, op spoed, te bellen",
        {
            **_HOSPITAL,
            "voor_wie": "ander",
            "band": "ouder",
            "patient_weet_het": "ja",
            "verblijf": "spoed",
            "afspraak_op": "4/5/2026",
            "delen-0-waarover": "bejegening",
            "delen-0-wie": "De man aan het loket",
            "delen-1-waarover": "informatie",
            "last": "1",
            "vertrouwen": "8",
            "anoniem": "nee",
            "naam": "Mia Peeters",
            "telefoon": "0470 12 34 56",
            "hoe_gevonden": "folder",
        },
    ),
    ("gemeente", "een boom", {**_TOWN, "onderwerp": "groen", "wat_groen": "boom"}),
    (
        "gemeente",
        "een gevaarlijke put, al eens gemeld",
        {
            **_TOWN,
            "onderwerp": "weg",
            "wat_weg": "put",
            "hinder": "3",
            "voor_wie_gevaar": ["fietser", "voetganger"],
            "huisnummer": "12A",
            "eerder": "ja",
            "eerder_nummer": "MEL-2026-0001",
            "sinds": "1/5/2026",
        },
    ),
    (
        "gemeente",
        "een lamp, met de plaats van de telefoon",
        {
            **_left_out(_TOWN, "straat"),
            "onderwerp": "licht",
            "wat_licht": "knippert",
            "paalnummer": "L1234",
            "hinder": "2",
            "waar": "gps",
            "gps": "51.054, 3.717",
            "op_de_hoogte": "mail",
            "e-mail": "mia@voorbeeld.example",
        },
    ),
    ("gemeente", "afval", {**_TOWN, "onderwerp": "afval", "wat_afval": "glasbol"}),
    ("gemeente", "iets anders", {**_TOWN, "onderwerp": "anders", "wat_anders": "Lawaai", "naam": "Mia"}),
)
_NAMES = [f"{organisation}: {about}" for organisation, about, _ in _WALKS]
_DEPARTMENT = {"ombudsdienst": "burgers", "ziekenhuis": "spoed", "gemeente": "meldpunt"}


@pytest.fixture(scope="module")
def loaded() -> LoadedWorkspace:
    return load_workspace(EXAMPLES / "overgenomen")


@pytest.fixture(scope="module")
def agreements(loaded: LoadedWorkspace) -> Mapping[str, Agreement]:
    return {
        one.organisation: one.agreement
        for one in loaded.departments
        if one.department in _DEPARTMENT.values()
    }


@pytest.fixture
def site(loaded: LoadedWorkspace) -> Site:
    runtime = new_runtime()
    proposals = [
        Publishable(one.organisation, one.department, one.document, one.places) for one in loaded.departments
    ]
    publish(runtime, proposals, at("2026-01-16 10:00"), "Team")
    return new_site(runtime=runtime)


def _path(organisation: str) -> str:
    return f"/{organisation}/{_DEPARTMENT[organisation]}/melden"


def _form(typed: Typed) -> dict[str, Any]:
    return {f"v_{name}": given for name, given in typed.items()}


def _kept(site: Site) -> Mapping[str, Any]:
    with reading(site.runtime.store) as register:
        return register.dossier("dossier-1").values


def _answered(typed: Typed) -> set[str]:
    return {name.partition("-0-")[0].partition("-1-")[0] for name in typed}


@pytest.mark.parametrize(("organisation", "about", "typed"), _WALKS, ids=_NAMES)
def test_it_can_be_told_on_one_page(site: Site, organisation: str, about: str, typed: Typed) -> None:
    answer = site.visitor().send(f"{_path(organisation)}/alles", **_form(typed))
    assert answer.status_code == 303, re.findall(r'class="error[^>]*>([^<]+)', answer.text)
    assert _answered(typed) <= set(_kept(site))


@pytest.mark.parametrize(("organisation", "about", "typed"), _WALKS, ids=_NAMES)
def test_it_can_be_told_step_by_step_and_asks_only_what_it_must(
    site: Site, agreements: Mapping[str, Agreement], organisation: str, about: str, typed: Typed
) -> None:
    agreement = agreements[organisation]
    form = agreement.forms["melden"]
    visitor = site.visitor()
    steps = _steps(visitor, organisation, form, typed)
    kept = _kept(site)
    assert _answered(typed) <= set(kept)
    shown = shown_fields(agreement, form, kept, DurableRuleEngine())
    assert _answered(typed) <= {name for step in steps for name in step}
    assert all(set(step) & shown for step in steps), "a step came of which nothing is asked"


def _steps(visitor: Visitor, organisation: str, form: Form, typed: Typed) -> list[list[str]]:
    """Answer page after page as somebody would, and send it. Returns the fields of each page."""
    where = f"{_path(organisation)}/vraag/{steps_of(form)[0].id}"
    asked: list[list[str]] = []
    for _ in range(40):
        if where.endswith("/nakijken"):
            break
        page = visitor.page(where)
        assert page_faults(page) == []
        names = {
            element.attributes.get("name") or ""
            for tag in ("input", "textarea", "select")
            for element in page.all(tag)
        }
        fields = {name.removeprefix("v_") for name in names if name.startswith("v_")}
        here = {name: given for name, given in typed.items() if name in fields}
        asked.append([name for name in form.fields if any(one.partition("-0-")[0] == name for one in fields)])
        answer = visitor.resend(where, page, verder="verder", **_form(here))
        assert answer.status_code == 303, (where, here)
        where = answer.location
    assert visitor.send(where).status_code == 303
    return asked


def test_the_walks_answer_each_question_and_each_choice_that_decides(
    agreements: Mapping[str, Agreement],
) -> None:
    for organisation, agreement in agreements.items():
        form = agreement.forms["melden"]
        walks = [typed for of, _, typed in _WALKS if of == organisation]
        answered = set[str]().union(*map(_answered, walks))
        assert {name for name, field in form.fields.items() if not field.type.takes_files} == answered
        asked_sometimes = {name for name, field in form.fields.items() if field.show_if is not None}
        assert all(any(name not in typed for typed in walks) for name in asked_sometimes)
        rows = {re.sub(r"-\d-", ".", name) for typed in walks for name in typed if re.search(r"-\d-", name)}
        assert rows == {f"{name}.{member}" for name, field in form.fields.items() for member in field.members}


@pytest.mark.parametrize(
    ("organisation", "typed", "field", "told"),
    [
        ("ombudsdienst", {**_OMBUDSMAN, "akkoord": "nee"}, "akkoord", "akkoord"),
        ("ombudsdienst", {**_WALKS[1][2], "toestemming": "nee"}, "toestemming", ""),
        ("ombudsdienst", _left_out(_WALKS[1][2], "dienst_welke"), "dienst_welke", ""),
        (
            "ombudsdienst",
            {**_WALKS[2][2], "antwoord_op_klacht": "1/3/2026"},
            "antwoord_op_klacht",
            "2 maart 2026",
        ),
        ("ombudsdienst", {**_WALKS[2][2], "feiten_tot": "31/1/2026"}, "feiten_tot", "1 februari 2026"),
        ("ombudsdienst", {**_WALKS[3][2], "geklaagd_op": "13/5/2026"}, "geklaagd_op", "12 mei 2026"),
        (
            "ombudsdienst",
            {**_WALKS[3][2], "rolnummer": "123"},
            "rolnummer",
            "Een rolnummer ziet eruit als 2026/AR/123.",
        ),
        ("ombudsdienst", {**_OMBUDSMAN, "verhaal": "Te traag."}, "verhaal", "20"),
        ("ziekenhuis", _left_out(_WALKS[6][2], "delen-0-bedrag"), "delen-0-bedrag", ""),
        ("ziekenhuis", {**_WALKS[6][2], "delen-0-bedrag": "12,505"}, "delen-0-bedrag", ""),
        ("ziekenhuis", {**_WALKS[6][2], "ontslag_op": "31/3/2026"}, "ontslag_op", "1 april 2026"),
        ("ziekenhuis", {**_WALKS[6][2], "patientnummer": "1234567"}, "patientnummer", "begint met een P"),
        ("ziekenhuis", {**_WALKS[7][2], "delen-0-minuten": "0"}, "delen-0-minuten", ""),
        ("ziekenhuis", _left_out(_WALKS[7][2], "band_anders"), "band_anders", ""),
        ("ziekenhuis", {**_WALKS[8][2], "vertrouwen": "11"}, "vertrouwen", "10"),
        ("gemeente", {**_WALKS[11][2], "paalnummer": "1234"}, "paalnummer", "zoals L1234"),
        ("gemeente", {**_WALKS[11][2], "gps": "Gent"}, "gps", "Schrijf twee getallen"),
        ("gemeente", _left_out(_WALKS[11][2], "e-mail"), "e-mail", ""),
        ("gemeente", _left_out(_WALKS[10][2], "eerder_nummer"), "eerder_nummer", ""),
        ("gemeente", _left_out(_WALKS[10][2], "wat_weg"), "wat_weg", ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_they_refuse_is_refused_at_its_question(
    site: Site, organisation: str, typed: Typed, field: str, told: str
) -> None:
    answer = site.visitor().send(f"{_path(organisation)}/alles", **_form(typed))
    assert answer.status_code == 422
    assert f'id="v_{field}-fout"' in answer.text
    assert told in answer.text
    assert len(re.findall(r'id="v_[^"]*-fout"', answer.text)) == 1


def test_a_question_that_may_stay_empty_is_asked_when_an_answer_in_the_same_step_brings_it(
    site: Site,
) -> None:
    visitor = site.visitor()
    mine = f"{_path('ombudsdienst')}/vraag/"
    visitor.send(f"{mine}in_naam_van", verder="verder", v_in_naam_van="mezelf")
    visitor.send(f"{mine}dienst", verder="verder", v_dienst="wonen")
    answer = visitor.send(f"{mine}al_geklaagd", verder="verder", v_al_geklaagd="nee")
    assert answer.location.endswith("/vraag/al_geklaagd")
    page = visitor.page(answer.location)
    assert page.all("input", name="v_niet_geklaagd")
    assert ("v_al_geklaagd", "nee") in page.form_data()
    on = visitor.resend(answer.location, page, verder="verder")
    assert on.location.endswith("/vraag/verhaal")
