"""Tokens of programs: shown once, kept as a hash, until a day; and nobody signs in with them."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.core.agreement.actions import Action
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.accounts import sign_in, sign_in_known
from gehoor.services.accounts.administration import UnknownAccountError
from gehoor.services.accounts.confirmation import confirm
from gehoor.services.accounts.new_accounts import close_account, set_password
from gehoor.services.exchange.clients import client_of, give_token, new_client
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from tests.scenarios.access.test_who_reaches_what import keeping
from tests.support.de_linde import publish_change
from tests.support.passwords import QuickHasher
from tests.support.programs import LAST, Program, program
from tests.support.site import Site, new_site

RUNS = Operator("")
KEEPER = "kwaliteitscoordinator"


def status(site: Site, token: str) -> int:
    return Program(site.app.test_client(), token).ask("GET", "/").status_code


def test_a_token_opens_what_is_for_programs_and_no_page() -> None:
    site = new_site()
    asking = program(site)
    assert asking.get("/")["client"] == {"account": "koppeling", "name": "Koppeling"}
    page = site.app.test_client().get("/medewerker/", headers={"Authorization": f"Bearer {asking.token}"})
    assert page.status_code == 302


@pytest.mark.parametrize(
    "token", ["", "x", "gehoor_koppeling.x", "gehoor_.x", "gehoor_niemand.abc", "gehoor_ria.x"]
)
def test_what_is_no_token_opens_nothing(token: str) -> None:
    site = new_site()
    program(site)
    site.add_staff("ria", "onthaal")
    answer = Program(site.app.test_client(), token).ask("GET", "/")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.content_type == "application/problem+json"


def test_a_cookie_opens_nothing_for_programs() -> None:
    site = new_site()
    assert site.staff("els", KEEPER).get("/api/v1/").status_code == 401


def test_the_register_keeps_a_hash_of_a_token() -> None:
    site = new_site()
    token = program(site).token
    with reading(site.runtime.store) as register:
        kept = register.account("koppeling")
    assert kept is not None
    assert token.rpartition(".")[2] not in repr(kept)


def test_a_token_counts_until_the_end_of_its_last_day() -> None:
    site = new_site()
    token = new_client(site.runtime, Account("kort", "Kort", "", "", ("de-linde/beukenhof:onthaal",)),
                       date(2026, 5, 12), RUNS, site.clock.now)  # fmt: skip
    site.clock.to("2026-05-12 23:59")
    assert status(site, token) == 200
    site.clock.to("2026-05-13 00:00")
    assert status(site, token) == 401


def test_another_token_takes_the_place_of_the_one_before() -> None:
    site = new_site()
    before = program(site).token
    after = give_token(site.runtime, "koppeling", LAST, RUNS, site.clock.now)
    assert (status(site, before), status(site, after)) == (401, 200)


def test_a_program_that_was_closed_is_known_no_more() -> None:
    site = new_site()
    token = program(site).token
    close_account(site.runtime, "koppeling", RUNS, site.clock.now)
    assert status(site, token) == 401


def test_nobody_signs_in_as_a_program() -> None:
    site = new_site()
    token = program(site).token
    for tried in (token, "", "koppeling"):
        assert sign_in(site.runtime, QuickHasher(), "koppeling", tried, site.clock.now) is None
    assert sign_in_known(site.runtime, "koppeling", site.clock.now) is None


def test_a_program_gets_no_password_and_nobody_a_token() -> None:
    site = new_site()
    program(site)
    site.add_staff("ria", "onthaal")
    with pytest.raises(UnknownAccountError):
        set_password(site.runtime, QuickHasher(), "koppeling", "lindebloesem-x", RUNS, site.clock.now)
    with pytest.raises(UnknownAccountError):
        give_token(site.runtime, "ria", LAST, RUNS, site.clock.now)


def test_a_program_that_a_manager_adds_waits_for_a_second_person() -> None:
    site = new_site()
    publish_change(site.runtime, keeping(Action.MANAGE_ACCOUNTS), "2026-05-12 12:00")
    site.add_staff("els", KEEPER)
    site.add_staff("an", KEEPER)
    account = Account("koppeling", "Koppeling", "", "", ("de-linde/beukenhof:onthaal",))
    token = new_client(site.runtime, account, LAST, "els", site.clock.now)
    assert status(site, token) == 401
    confirm(site.runtime, "koppeling", "an", site.clock.now)
    assert status(site, token) == 200


def test_a_program_confirms_nothing_for_a_second_person() -> None:
    site = new_site()
    publish_change(site.runtime, keeping(Action.MANAGE_ACCOUNTS), "2026-05-12 12:00")
    program(site, KEEPER)
    site.add_staff("els", KEEPER)
    page = site.staff("els", KEEPER).page("/medewerker/beheer")
    assert "Er is geen tweede persoon voor accounts" in page.text


def test_a_client_is_known_by_the_roles_that_it_has_now() -> None:
    site = new_site()
    found = client_of(site.runtime, program(site, "onthaal").token, site.clock.now)
    assert found is not None
    assert found.roles == ("de-linde/beukenhof:onthaal",)
