"""With script, a field appears with the answer that shows it, and never stays away from what shows it on the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.served import Served
from tests.browser.steps import FORM
from tests.support.de_linde import publish_change


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
