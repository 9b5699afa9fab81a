"""A step that is asked in some cases only: its fields are, wherever the form is filled in."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.forms.parse import build_form, fact_types
from gehoor.core.wording.nl.agreement.forms.steps import steps
from gehoor.services.register.register import reading
from tests.support.de_linde import MELDEN, changed, new_runtime, publish_change
from tests.support.site import Site, new_site

PATH = "/de-linde/beukenhof/melden"
FIELD = "ondersteuning_nodig"


def _only_with_a_name(document: dict[str, Any]) -> None:
    (step,) = [one for one in document["forms"]["melden"]["steps"] if one["fields"] == [FIELD]]
    step["show-if"] = {"anoniem": False}


@pytest.fixture
def site() -> Site:
    runtime = new_runtime()
    publish_change(runtime, _only_with_a_name, "2026-01-16 10:00")
    return new_site(runtime=runtime)


def _asked(site: Site, **answers: str) -> set[str]:
    """Go through the form step by step. Returns the steps that were asked."""
    visitor, where, asked = site.visitor(), f"{PATH}/vraag/uiteenzetting", set()
    while not where.endswith("/nakijken"):
        asked.add(where.rpartition("/")[2])
        typed = {f"v_{name}": given for name, given in {**MELDEN, **answers}.items()}
        where = visitor.send(where, verder="verder", **typed).location
    return asked


def test_the_step_is_asked_in_its_case_and_skipped_in_another(site: Site) -> None:
    assert FIELD in _asked(site)
    assert FIELD not in _asked(site, anoniem="ja")


@pytest.mark.parametrize(("anonymous", "kept"), [("nee", True), ("ja", False)])
def test_on_the_page_with_everything_its_fields_follow_the_step(
    site: Site, anonymous: str, kept: bool
) -> None:
    typed = {f"v_{name}": given for name, given in MELDEN.items()}
    visitor = site.visitor()
    page = visitor.page(f"{PATH}/alles")
    given = {
        "v_anoniem": anonymous,
        f"v_{FIELD}": page.all("input", name=f"v_{FIELD}")[0].attributes["value"],
    }
    assert visitor.resend(f"{PATH}/alles", page, **{**typed, **given}).status_code == 303
    with reading(site.runtime.store) as register:
        assert (FIELD in register.dossier("dossier-1").values) is kept


def test_a_field_with_a_condition_of_its_own_needs_both() -> None:
    field = {"title": "A", "type": "string", "show-if": {"b": {"is": "x"}}}
    data = {
        "title": "F",
        "properties": {"a": field, "b": {"title": "B", "type": "string"}},
        "steps": [{"fields": ["b"]}, {"fields": ["a"], "show-if": {"b": {"filled": True}}}],
    }
    form = build_form("f", data, fact_types(data))
    assert form.fields["b"].show_if is None
    assert "x" in str(form.fields["a"].show_if)
    assert "FILLED" in str(form.fields["a"].show_if)


def test_the_agreement_in_words_tells_it() -> None:
    agreement = changed(_only_with_a_name)
    told = [one.text for one in steps(agreement, agreement.forms["melden"])]
    assert any("komt er alleen als" in one for one in told)
