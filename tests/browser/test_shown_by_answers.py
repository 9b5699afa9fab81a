"""With script, a field appears with the answer that shows it, and a choice with the one that offers it: just as the
server takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from gehoor.core.conditions.evaluate import holds
from tests.browser.served import Served
from tests.browser.steps import FORM
from tests.support.de_linde import changed, publish_change


def shown_if(condition: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        fields = document["forms"]["melden"]["properties"]
        fields["waar"] = {"type": "string", "title": "Waar was dat?", "show-if": condition}
        document["forms"]["dossier"]["properties"]["waar"] = {"type": "string", "title": "Waar was dat?"}

    return change


@pytest.mark.parametrize(
    ("condition", "typed", "shown"),
    [
        ({"klager_naam": {"contains": "peet"}}, "Els Peeters", True),
        ({"klager_naam": {"contains": "peet"}}, "Els Maes", False),
        ({"klager_naam": "Els Peeters"}, " Els Peeters ", True),
        ({"klager_naam": "Els Peeters"}, "Els Peeters-Maes", False),
        ({"klager_naam": ["Els", "An"]}, "An", True),
    ],
)
def test_a_field_is_shown_by_what_is_written_elsewhere(
    linde: Served,
    open_browser: Callable[..., Page],
    condition: dict[str, Any],
    typed: str,
    shown: bool,
) -> None:
    publish_change(linde.site.runtime, shown_if(condition), "2026-05-12 13:00")
    page = open_browser(1280)
    page.goto(f"{FORM}/alles")
    page.check("[name=v_anoniem][value=nee]")
    page.fill("#v_klager_naam", typed)
    page.locator("#v_klager_naam").blur()
    assert page.locator("#v_waar-veld").is_visible() is shown


ASKED: dict[str, dict[str, Any]] = {
    "waar": {"type": "string", "enum": ["kamer", "gang", "tuin"]},
    "waarover": {"type": "array", "items": {"enum": ["eten", "zorg", "hygiene"]}},
    "vaker": {"type": "boolean"},
    "cijfer": {"type": "integer", "enum": [1, 2, 3, 4, 5]},
    "keren": {"type": "integer"},
    "schade": {"type": "number"},
    "gebeurd": {"type": "string", "format": "date"},
    "gezien": {"type": "string", "format": "date"},
    "wie": {"type": "string"},
}
SHOWN_BY: tuple[dict[str, Any], ...] = (
    {"waar": "kamer"},
    {"waar": ["kamer", "gang"]},
    {"waar": {"is-not": "tuin"}},
    {"waar": {"none-of": ["kamer", "gang"]}},
    {"waar": {"filled": True}},
    {"waar": {"filled": False}},
    {"waarover": {"contains": "eten"}},
    {"waarover": ["eten", "zorg"]},
    {"waarover": {"is": "eten"}},
    {"waarover": {"is-not": "eten"}},
    {"waarover": {"none-of": ["eten", "zorg"]}},
    {"vaker": True},
    {"vaker": {"is-not": True}},
    {"vaker": {"filled": False}},
    {"cijfer": [1, 2]},
    {"cijfer": {"at-most": 2}},
    {"cijfer": {"is-not": 3}},
    {"cijfer": {"filled": True}},
    {"keren": {"more-than": 1000}},
    {"keren": {"less-than": 1000}},
    {"keren": {"none-of": [2, 3]}},
    {"schade": {"at-least": 12.5}},
    {"schade": {"is": 12.5}},
    {"gebeurd": {"is": "2026-05-01"}},
    {"gebeurd": {"later-than": "2026-05-01"}},
    {"gezien": {"later-than": "1 months after gebeurd"}},
    {"gezien": {"earlier-than": "2 weeks before gebeurd"}},
    {"gezien": {"at-earliest": "gebeurd"}},
    {"wie": {"is-not": "Els Maes"}},
    {"wie": {"contains": "els"}},
    {"all-of": [{"vaker": True}, {"cijfer": {"at-most": 2}}]},
    {"any-of": [{"vaker": True}, {"cijfer": {"at-most": 2}}]},
    {"none-of": [{"vaker": True}, {"cijfer": {"at-most": 2}}]},
    {"none-of": [{"waar": "kamer"}]},
)
ANSWERS: tuple[dict[str, Any], ...] = (
    {},
    {"waar": "kamer", "waarover": ["eten"], "vaker": "ja", "cijfer": "2", "keren": "2", "schade": "12,50"},
    {"waar": "tuin", "waarover": ["eten", "zorg"], "vaker": "nee", "cijfer": "3", "keren": "1.200"},
    {"waar": "gang", "waarover": ["hygiene"], "cijfer": "5", "schade": "12,4", "keren": "1000"},
    {"gebeurd": "2026-05-01", "gezien": "2026-05-01", "wie": "Els Maes"},
    {"gebeurd": "2026-01-31", "gezien": "2026-02-28", "wie": "Jan"},
    {"gebeurd": "2026-01-31", "gezien": "2026-03-01", "wie": "els"},
    {"gebeurd": "2026-05-20", "gezien": "2026-05-05"},
    {"gebeurd": "2026-05-20"},
)


def ask_all(document: dict[str, Any]) -> None:
    fields = {name: {"title": name, "personal-data": "P0", **one} for name, one in ASKED.items()}
    for number, condition in enumerate(SHOWN_BY):
        fields[f"als{number}"] = {
            "title": f"Als {number}", "type": "string", "personal-data": "P0", "show-if": condition
        }  # fmt: skip
    for name, lists in (("een", {"type": "string"}), ("meer", {"type": "array"})):
        choices = [
            {"const": f"als{number}", "title": f"Als {number}", "if": condition}
            for number, condition in enumerate(SHOWN_BY)
        ]
        offered = {"oneOf": [*choices, {"const": "altijd", "title": "Altijd"}]}
        of = {**lists, "items": offered} if lists["type"] == "array" else {**lists, **offered}
        fields[f"keuze_{name}"] = {"title": f"Keuze {name}", "personal-data": "P0", **of}
    document["forms"]["melden"]["properties"] |= fields
    document["forms"]["dossier"]["properties"] |= {
        name: {**one, "phase": "registratie"} for name, one in fields.items()
    }
    document["forms"]["melden"].pop("steps", None)


def _answer(page: Page, name: str, given: Any) -> None:
    for value in given if isinstance(given, list) else [given]:
        choice = page.locator(f"input[name=v_{name}][value='{value}']")
        if "enum" in str(ASKED[name]) or ASKED[name]["type"] == "boolean":
            if choice.count():
                choice.check()
            else:
                page.select_option(f"#v_{name}", value)
        else:
            page.fill(f"#v_{name}", value)


def test_a_page_shows_and_offers_what_the_files_say(linde: Served, open_browser: Callable[..., Page]) -> None:
    publish_change(linde.site.runtime, ask_all, "2026-05-12 13:00")
    form = changed(ask_all).forms["melden"]
    page = open_browser(1280)
    wrong = []
    for answers in ANSWERS:
        page.goto(f"{FORM}/alles")
        for name, given in answers.items():
            _answer(page, name, given)
        facts = {
            name: form.fields[name].type.fact(
                form.fields[name].type.read(given, form.fields[name], None), form.fields[name]
            )
            for name, given in answers.items()
        }
        for number, condition in enumerate(SHOWN_BY):
            asked = form.fields[f"als{number}"].show_if
            assert asked is not None
            seen = {
                page.locator(f"#v_als{number}-veld").is_visible(),
                page.locator(f"input[name=v_keuze_meer][value=als{number}]").is_enabled(),
                page.locator(f"#v_keuze_een option[value=als{number}]").is_enabled(),
            }
            if seen != {holds(asked, facts)}:
                wrong.append((answers, condition))
    assert wrong == []


def chained(document: dict[str, Any]) -> None:
    fields = {
        "derde": {"title": "Derde", "type": "string", "show-if": {"tweede": {"filled": True}}},
        "eerste": {"title": "Eerste", "type": "boolean"},
        "tweede": {"title": "Tweede", "type": "string", "show-if": {"eerste": True}},
    }
    for form in ("melden", "dossier"):
        document["forms"][form]["properties"] |= {
            name: {**one, "personal-data": "P0", "phase": "registratie"} for name, one in fields.items()
        }
    document["forms"]["melden"].pop("steps", None)


def test_what_is_hidden_answers_nothing(linde: Served, open_browser: Callable[..., Page]) -> None:
    publish_change(linde.site.runtime, chained, "2026-05-12 13:00")
    page = open_browser(1280)
    page.goto(f"{FORM}/alles")
    third = page.locator("#v_derde-veld")
    assert not third.is_visible()
    page.check("[name=v_eerste][value=ja]")
    page.fill("#v_tweede", "Iets")
    assert third.is_visible()
    page.check("[name=v_eerste][value=nee]")
    assert not third.is_visible()
