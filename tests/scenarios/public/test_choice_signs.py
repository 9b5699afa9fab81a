"""A sign before the words of a choice, such as a face: it is seen, and nobody hears it read aloud."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.wording.nl.agreement.kinds import choices
from gehoor.services.register.register import reading
from tests.support.de_linde import MELDEN, changed, new_runtime, publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

_PATH = "/de-linde/beukenhof/melden"
_FACES = {"Slecht": "\U0001f641", "Gewoon": "\U0001f610", "Goed": "\U0001f642"}


def _ask(document: dict[str, Any]) -> None:
    choices = [
        {"const": code, "title": title, "sign": sign}
        for code, (title, sign) in enumerate(_FACES.items(), start=1)
    ]
    choices.append({"const": 4, "title": "Dat zeg ik niet"})
    field = {
        "title": "Hoe voelt u zich?",
        "type": "integer",
        "oneOf": choices,
        "phase": "registratie",
        "at-opening": True,
        "personal-data": "P2",
    }
    for form in ("dossier", "melden"):
        document["forms"][form]["properties"]["gevoel"] = field
    document["forms"]["melden"].pop("steps")


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, _ask, "2026-01-16 10:00")
    return new_site(runtime=runtime)


def _signs(page: Page) -> list[str]:
    return [sign.text for sign in page.all("span", **{"class": "sign", "aria-hidden": "true"})]


def test_the_faces_stand_before_their_words_and_only_those_are_read_aloud(site: Site) -> None:
    page = site.visitor().page(f"{_PATH}/alles")
    assert page_faults(page) == []
    assert _signs(page) == list(_FACES.values())
    labels = [label.text for label in page.all("label", **{"class": "option"})]
    assert {f"{sign} {title}" for title, sign in _FACES.items()} | {"Dat zeg ik niet"} <= {
        " ".join(label.split()) for label in labels
    }


def test_they_stand_where_it_is_asked_by_itself_and_at_the_desk(site: Site) -> None:
    visitor = site.visitor()
    visitor.send(f"{_PATH}/vraag/uiteenzetting", verder="verder", v_uiteenzetting=MELDEN["uiteenzetting"])
    where = f"{_PATH}/vraag/aangeklaagde_dienst"
    for _ in range(12):
        page = visitor.page(where)
        if _signs(page):
            break
        where = visitor.resend(where, page, verder="verder", v_anoniem="ja").location
    assert _signs(page) == list(_FACES.values())
    desk = site.staff("ria", "kwaliteitscoordinator").page("/medewerker/de-linde/beukenhof/registreren")
    assert _signs(desk) == list(_FACES.values())


def test_what_is_kept_is_the_number(site: Site) -> None:
    typed = {f"v_{name}": given for name, given in MELDEN.items()}
    assert site.visitor().send(f"{_PATH}/alles", **typed, v_gevoel="3").status_code == 303
    with reading(site.runtime.store) as register:
        assert register.dossier("dossier-1").values["gevoel"] == 3


def test_the_agreement_in_words_shows_them() -> None:
    form = changed(_ask).forms["melden"]
    assert choices(form.fields["gevoel"])[0] == f"{_FACES['Slecht']} \u201cSlecht\u201d"
