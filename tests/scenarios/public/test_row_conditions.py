"""A condition within a row: what is asked of one answer of a row depends on another answer of the same row."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gehoor.core.wording.nl.agreement.forms.rows import rows
from gehoor.services.register.register import reading
from tests.support.de_linde import MELDEN, changed, new_runtime, publish_change
from tests.support.site import Site, new_site

PATH = "/de-linde/beukenhof/melden/alles"
MEMBERS: dict[str, Any] = {
    "wat": {"title": "Wat is er gebeurd?", "type": "string", "enum": ["schade", "anders"]},
    "bedrag": {"title": "Hoeveel?", "type": "integer", "minimum": 1, "show-if": {"wat": {"is": "schade"}}},
    "bewijs": {"title": "Hebt u een bewijs?", "type": "boolean", "show-if": {"bedrag": {"filled": True}}},
}


def _ask(document: dict[str, Any]) -> None:
    field = {
        "title": "Voorvallen",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: {**one, "personal-data": "P0"} for name, one in MEMBERS.items()},
            "required": ["wat", "bedrag"],
        },
        "phase": "registratie",
        "personal-data": "P0",
    }
    for form in ("dossier", "melden"):
        document["forms"][form]["properties"]["voorvallen"] = field
    document["forms"]["melden"].pop("steps")


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, _ask, "2026-01-16 10:00")
    return new_site(runtime=runtime)


def _sent(site: Site, **row: str) -> tuple[int, str]:
    typed = {f"v_{name}": given for name, given in MELDEN.items()}
    typed |= {f"v_voorvallen-0-{name}": given for name, given in row.items()}
    answer = site.visitor().send(PATH, **typed)
    return answer.status_code, answer.text


def _kept(site: Site) -> Any:
    with reading(site.runtime.store) as register:
        return register.dossier("dossier-1").values["voorvallen"]


def test_a_row_asks_it_in_its_case(site: Site) -> None:
    status, page = _sent(site, wat="schade")
    assert status == 422
    assert 'id="v_voorvallen-0-bedrag-fout"' in page


def test_a_row_does_not_require_what_it_does_not_ask(site: Site) -> None:
    assert _sent(site, wat="anders")[0] == 303
    assert _kept(site) == [{"wat": "anders"}]


def test_an_answer_that_is_not_asked_is_not_kept_nor_what_follows_from_it(site: Site) -> None:
    assert _sent(site, wat="anders", bedrag="12", bewijs="ja")[0] == 303
    assert _kept(site) == [{"wat": "anders"}]


def test_what_cannot_be_read_and_is_not_asked_is_no_fault(site: Site) -> None:
    assert _sent(site, wat="anders", bedrag="veel")[0] == 303
    assert _kept(site) == [{"wat": "anders"}]


def test_a_row_that_asks_all_keeps_all(site: Site) -> None:
    assert _sent(site, wat="schade", bedrag="12", bewijs="ja")[0] == 303
    assert _kept(site) == [{"wat": "schade", "bedrag": 12, "bewijs": True}]


def test_the_page_shows_it_by_the_answer_in_the_same_row(site: Site) -> None:
    shown = site.visitor().page(PATH).by_id("v_voorvallen-0-bedrag-veld").attributes["data-show-when"]
    assert json.loads(str(shown)) == {"field": "voorvallen-0-wat", "exactly": ["schade"]}


def test_the_agreement_in_words_tells_it() -> None:
    agreement = changed(_ask)
    form = agreement.dossier_form
    told = [one.text for one in rows(agreement, form, form.fields["voorvallen"])]
    assert any(one.startswith("In een rij vragen wij \u201cHoeveel?\u201d alleen als") for one in told), told
