"""Programs on the pages of who manages accounts, and by commands."""

from __future__ import annotations

import pytest

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.web import repeats_for
from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.confirmation import confirm
from gehoor.services.register.register import reading
from tests.scenarios.access.test_who_reaches_what import keeping
from tests.support.de_linde import publish_change
from tests.support.pages import page_faults
from tests.support.programs import Program
from tests.support.site import Site, Visitor, new_site

KEEPER = "kwaliteitscoordinator"
NEW = "/medewerker/beheer/nieuwe-koppeling"
FILLED_IN = {
    "volledig": "Website van De Linde",
    "naam": "website",
    "rol": "de-linde/beukenhof:onthaal",
    "tot": "2026-12-31",
}


def managed() -> tuple[Site, Visitor]:
    site = new_site()
    publish_change(site.runtime, keeping(Action.MANAGE_ACCOUNTS), "2026-05-12 12:00")
    site.add_staff("an", KEEPER)
    return site, site.staff("els", KEEPER)


def test_a_manager_adds_a_program_and_sees_its_token_once() -> None:
    site, els = managed()
    page = els.page(NEW)
    assert page_faults(page) == []
    answer = els.resend(NEW, page, **FILLED_IN)
    token = next(word.split("<")[0] for word in answer.text.split('class="key">')[1:])
    assert token.startswith("gehoor_website.")
    assert "Dit token wacht op bevestiging" in answer.text
    confirm(site.runtime, "website", "an", site.clock.now)
    assert Program(site.app.test_client(), token).get("/")["client"]["name"] == "Website van De Linde"
    shown = els.page("/medewerker/beheer/accounts/website")
    assert page_faults(shown) == []
    assert token not in shown.text
    assert "Het token geldt tot en met donderdag 31 december 2026." in shown.text
    assert "Afwezig" not in shown.text


@pytest.mark.parametrize(
    ("name", "value"),
    [("volledig", ""), ("naam", "A B"), ("rol", ""), ("rol", "de-linde/niets:x"), ("tot", ""), ("tot", "2026-05-11"),
     ("tot", "9999-12-31")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(name: str, value: str) -> None:
    _site, els = managed()
    answer = els.send(NEW, **{**FILLED_IN, name: value})
    assert answer.status_code == 422
    assert f'id="{name}-fout"' in answer.text


def test_another_token_is_made_on_the_page_of_the_account() -> None:
    site, els = managed()
    els.send(NEW, **FILLED_IN)
    confirm(site.runtime, "website", "an", site.clock.now)
    home = "/medewerker/beheer/accounts/website"
    token = els.page(home).value("csrf_token")
    wrong = els.post(f"{home}/token", {"csrf_token": token, "tot": "gisteren"})
    assert (wrong.status_code, 'id="tot-fout"' in wrong.text) == (422, True)
    assert "gehoor_website." in els.post(f"{home}/token", {"csrf_token": token, "tot": "2027-01-31"}).text


def test_a_program_is_called_otherwise_and_gets_no_address() -> None:
    site, els = managed()
    els.send(NEW, **FILLED_IN)
    confirm(site.runtime, "website", Operator(""), site.clock.now)
    home = "/medewerker/beheer/accounts/website"
    sent = {"csrf_token": els.page(home).value("csrf_token"), "volledig": "Archief"}
    assert els.post(f"{home}/gegevens", sent).status_code == 303
    with reading(site.runtime.store) as register:
        account = register.account("website")
    assert account is not None
    assert (account.email, account.waiting[0]["full_name"]) == ("", "Archief")


def test_a_program_stands_among_the_accounts_as_what_it_is() -> None:
    _site, els = managed()
    els.send(NEW, **FILLED_IN)
    assert "<small>koppeling</small>" in els.page("/medewerker/beheer").html


@pytest.mark.parametrize("text", ["0", "169", "-1", "een", "1.5", "\u0663"])
def test_how_long_is_known_what_was_sent_is_a_number_of_hours(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_API_REPEAT", text)
    with pytest.raises(SetupError, match="GEHOOR_API_REPEAT kan niet"):
        repeats_for()
