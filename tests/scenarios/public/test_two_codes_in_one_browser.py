"""Two dossiers are followed in one browser: what is sent from the page of the one never comes into the other."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.dossiers.incoming import Receipt
from tests.support.belonging import house, seen, told
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site

STORY = "Mijn kamergenote slaat mij."


@pytest.fixture
def site() -> Site:
    return new_site("2026-05-13 10:00", house())


def both(site: Site) -> tuple[Receipt, Receipt]:
    return (
        told(site.runtime, "2026-05-04 10:00"),
        told(site.runtime, "2026-05-05 10:00", klager_naam="Jan Claes", klager_email="jan@voorbeeld.be"),
    )


def opened(visitor: Visitor, receipt: Receipt) -> Page:
    visitor.send("/volgen", code=receipt.code)
    return visitor.page("/volgen/dossier")


def form(page: Page, action: str) -> dict[str, Any]:
    return dict(page.form_data(page.one("form", action=action)))


def written(site: Site, receipt: Receipt) -> list[str]:
    return [one.text for one in seen(site.runtime, receipt.dossier).dossier.conversation]


def test_a_message_of_the_first_page_goes_to_nobody_and_is_kept_on_the_page(site: Site) -> None:
    first, second = both(site)
    visitor = site.visitor()
    page = opened(visitor, first)
    opened(visitor, second)
    answer = visitor.post("/volgen/bericht", {**form(page, "/volgen/bericht"), "bericht": STORY})
    assert answer.status_code == 422
    assert written(site, first) == written(site, second) == []
    asked = Page(answer.text)
    assert page_faults(asked) == []
    assert STORY in answer.text
    assert visitor.resend("/volgen", asked, code=first.code).status_code == 303
    assert (written(site, first), written(site, second)) == ([STORY], [])


def test_with_the_code_of_the_other_it_is_shown_and_not_sent(site: Site) -> None:
    first, second = both(site)
    visitor = site.visitor()
    page = opened(visitor, first)
    opened(visitor, second)
    answer = visitor.post("/volgen/bericht", {**form(page, "/volgen/bericht"), "bericht": STORY})
    shown = visitor.resend("/volgen", Page(answer.text), code=second.code)
    assert STORY in shown.text
    assert written(site, second) == []


def test_withdrawing_on_the_first_page_withdraws_neither(site: Site) -> None:
    first, second = both(site)
    visitor = site.visitor()
    page = opened(visitor, first)
    opened(visitor, second)
    answer = visitor.post("/volgen/intrekken", {**form(page, "/volgen/intrekken"), "reden": "Opgelost."})
    assert answer.status_code == 422
    for one in (first, second):
        assert "ingetrokken_op" not in seen(site.runtime, one.dossier).dossier.values
    again = visitor.resend("/volgen", Page(answer.text), code=first.code)
    assert "Opgelost." in again.text
    visitor.post("/volgen/intrekken", form(Page(again.text), "/volgen/intrekken"))
    assert "ingetrokken_op" in seen(site.runtime, first.dossier).dossier.values


def test_a_form_by_hand_sends_nothing(site: Site) -> None:
    first, _ = both(site)
    visitor = site.visitor()
    opened(visitor, first)
    assert visitor.post("/volgen/bericht", {"bericht": STORY}).status_code == 422
    assert visitor.post("/volgen/intrekken", {"reden": ""}).status_code == 422
    assert written(site, first) == []
