"""An answer that is seldom right asks once more: a second question, shown and needed by that answer, on every page."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.opening import Opening, open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from tests.support.clock import at
from tests.support.de_linde import MELDEN, ORGANISATION, PHONE, fill, new_runtime, publish_change
from tests.support.pages import Page
from tests.support.site import Site, new_site

PATH = "/de-linde/beukenhof/melden"
NOW = "2026-05-12 14:00"
SURE = {
    "gevraagd_zeker": ("gevraagd", {"more-than": 5000}),
    "sinds_zeker": ("sinds", {"earlier-than": "1 years before ontvangstdatum"}),
}
_ASKED = {
    "gevraagd": {"title": "Hoeveel vraagt u terug?", "type": "number"},
    "sinds": {"title": "Sinds wanneer?", "type": "string", "format": "date"},
}


def _ask(document: dict[str, Any]) -> None:
    for name in ("dossier", "melden"):
        form = document["forms"][name]
        more = {"phase": "registratie", "personal-data": "P0"} | (
            {"at-opening": True} if name == "dossier" else {}
        )
        for field, asked in _ASKED.items():
            form["properties"][field] = {**asked, **more}
        for field, (of, when) in SURE.items():
            form["properties"][field] = {
                "title": "Kijk het nog eens na. Klopt het zo?", "type": "boolean", "const": True,
                "show-if": {of: when}, **more,
                **({"required-before": "geregistreerd"} if name == "dossier" else {}),
                **({} if name == "dossier" else {"translations": {
                    "fr": {"title": "Vérifiez encore une fois. C'est bien exact ?"},
                    "en": {"title": "Please check this. Is it right?"},
                }}),
            }  # fmt: skip
        form["required"] = [*form.get("required", []), *SURE]
        form.pop("steps", None)


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, _ask, "2026-01-16 10:00")
    return new_site(NOW, runtime)


def opened(site: Site, **answers: str) -> str:
    given = {**MELDEN, **answers}
    opening = Opening(ORGANISATION, "beukenhof", "melden", given, "key-of-sure")
    return open_dossier(site.runtime, opening, at(NOW)).dossier


@pytest.mark.parametrize("answers", [{"gevraagd": "5000"}, {"sinds": "2025-05-12"}, {}])
def test_what_is_usual_is_not_asked_twice(site: Site, answers: dict[str, str]) -> None:
    assert opened(site, **answers)


@pytest.mark.parametrize(
    ("answers", "sure"),
    [({"gevraagd": "5001"}, "gevraagd_zeker"), ({"sinds": "2025-05-11"}, "sinds_zeker")],
)
def test_what_is_unusual_is_kept_once_somebody_says_that_it_is_right(
    site: Site, answers: dict[str, str], sure: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        opened(site, **answers)
    assert [one.field for one in refused.value.objections] == [sure]
    values = look(site.runtime, opened(site, **answers, **{sure: "ja"}), at(NOW)).dossier.values
    assert values[sure] is True


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Kijk het nog eens na. Klopt het zo?"),
        ("fr", "Vérifiez encore une fois. C'est bien exact ?"),
        ("en", "Please check this. Is it right?"),
    ],
)
def test_it_is_asked_without_script_in_the_language_of_who_tells(
    site: Site, language: str, sentence: str
) -> None:
    visitor = site.visitor()
    visitor.page(f"{PATH}/alles?taal={language}")
    typed = {f"v_{name}": given for name, given in {**MELDEN, "gevraagd": "9000"}.items()}
    answer = visitor.send(f"{PATH}/alles", **typed)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert sentence in page.text
    assert page.value("v_gevraagd") == "9000"


def test_in_steps_it_is_asked_right_where_the_answer_is_given(site: Site) -> None:
    visitor, where = site.visitor(), f"{PATH}/vraag/uiteenzetting"
    typed = {f"v_{name}": given for name, given in {**MELDEN, "gevraagd": "9000"}.items()}
    for _ in range(20):
        answer = visitor.send(where, verder="verder", **typed)
        if answer.status_code == 422:
            break
        where = answer.location
    assert where.endswith("/gevraagd_zeker")


def test_who_registers_at_the_desk_is_asked_too(site: Site) -> None:
    typed = {f"v_{name}": given for name, given in {**PHONE, "gevraagd": "9000"}.items()}
    answer = site.staff().send("/medewerker/de-linde/beukenhof/registreren", **typed)
    assert answer.status_code == 422
    assert 'id="v_gevraagd_zeker-fout"' in answer.text


def test_what_is_changed_in_a_dossier_asks_it_before_the_registration_is_complete(site: Site) -> None:
    dossier = opened(site, gevraagd="100")
    fill(site.runtime, dossier, NOW, gevraagd="9000")
    before = look(site.runtime, dossier, at(NOW)).decision.fields["gevraagd_zeker"]
    assert before.visible
    assert [one.milestone for one in before.requirements] == ["geregistreerd"]


def test_the_history_keeps_that_somebody_said_so(site: Site) -> None:
    dossier = opened(site, gevraagd="9000", gevraagd_zeker="ja")
    first = look(site.runtime, dossier, at(NOW)).events[0]
    assert first.data["values"]["gevraagd_zeker"] is True
