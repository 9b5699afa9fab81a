"""``gehoor user client`` and ``gehoor user token``: programs from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor import bootstrap
from gehoor.bootstrap.register import open_runtime
from gehoor.services.exchange.clients import client_of
from tests.scenarios.cli.accounts.test_users import ROLE, add
from tests.support.cli_run import Ran, run

LAST = ("--until", "2199-12-31")


def new(*more: str) -> Ran:
    return run("user", "client", "website", "--name", "Website", "--role", ROLE, *(more or LAST))


def token_in(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    return ran.out.strip().rpartition(" ")[2]


def counts(store: Path, token: str) -> bool:
    runtime = open_runtime(store, "")
    try:
        return client_of(runtime, token, bootstrap.now()) is not None
    finally:
        runtime.store.close()


def test_a_program_comes_changes_its_token_and_goes(store: Path) -> None:
    first = token_in(new())
    assert counts(store, first)
    second = token_in(run("user", "token", "website", *LAST))
    assert (counts(store, first), counts(store, second)) == (False, True)
    assert "website  Website koppeling" in run("user", "list").out
    assert run("user", "off", "website").code == 0
    assert not counts(store, second)


@pytest.mark.parametrize("until", [(), ("--until", "2020-01-01"), ("--until", "morgen")])
def test_a_token_has_a_day_that_is_still_to_come(until: tuple[str, ...], store: Path) -> None:
    ran = run("user", "client", "website", "--name", "Website", "--role", ROLE, *until)
    assert ran.code == 2
    assert "--until" in ran.err


def test_a_name_is_taken_once(store: Path) -> None:
    new()
    ran = new()
    assert (ran.code, "gehoor user token website" in ran.err) == (1, True)


def test_what_is_for_people_is_not_for_programs(store: Path) -> None:
    new()
    add()
    assert "gehoor user token website" in run("user", "password", "website").err
    assert "geen koppeling" in run("user", "token", "els", *LAST).err


def test_a_program_that_was_closed_stays_closed_unless_it_is_asked_for(store: Path) -> None:
    new()
    run("user", "off", "website")
    refused = run("user", "token", "website", *LAST)
    assert (refused.code, "--reopen" in refused.err) == (1, True)
    assert counts(store, token_in(run("user", "token", "website", *LAST, "--reopen")))
