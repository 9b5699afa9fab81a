"""Another way to sign in as a colleague who is away: they would not notice, so that it waits for a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.absence import Away, be_away, be_back
from gehoor.services.accounts.accounts import sign_in
from gehoor.services.accounts.confirmation import confirm
from gehoor.services.accounts.new_accounts import give_password_once
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, publish_change, staff
from tests.support.passwords import QuickHasher

NOW = at("2026-05-14 09:00")
TODAY, LATER = date(2026, 5, 14), date(2026, 6, 5)
HASHER = QuickHasher()


def house() -> Runtime:
    runtime = de_linde()

    def manages(document: dict[str, Any]) -> None:
        document["rights"]["manage-accounts"] = ["kwaliteitscoordinator"]

    publish_change(runtime, manages, "2026-02-01 10:00")
    for name in ("mia", "els"):
        staff(runtime, name, "kwaliteitscoordinator")
    staff(runtime, "koen", "onthaal")
    give_password_once(runtime, HASHER, "koen", Operator("beheer"), at("2026-05-01 09:00"))
    return runtime


def away(runtime: Runtime) -> None:
    be_away(runtime, Away("koen", TODAY, LATER, ""), "koen", at("2026-05-14 07:00"))


def back_by_mia(runtime: Runtime) -> None:
    away(runtime)
    be_back(runtime, "koen", "mia", at("2026-05-14 08:00"))


def away_later_by_mia(runtime: Runtime) -> None:
    away(runtime)
    be_away(runtime, Away("koen", LATER, None, ""), "mia", at("2026-05-14 08:00"))


def gets_in(runtime: Runtime, by: str = "mia") -> bool:
    password = give_password_once(runtime, HASHER, "koen", by, NOW)
    return sign_in(runtime, HASHER, "koen", password, NOW) is not None


def test_of_a_colleague_at_work_it_counts_at_once() -> None:
    assert gets_in(house())


@pytest.mark.parametrize("how", [away, back_by_mia, away_later_by_mia])
def test_of_who_is_away_or_is_said_to_be_back_by_somebody_else_it_waits(
    how: Callable[[Runtime], None],
) -> None:
    runtime = house()
    how(runtime)
    assert not gets_in(runtime)
    with reading(runtime.store) as register:
        account = register.account("koen")
    assert account is not None
    assert "password" in [one["what"] for one in account.waiting]


def test_a_second_person_lets_it_count() -> None:
    runtime = house()
    away(runtime)
    password = give_password_once(runtime, HASHER, "koen", "mia", NOW)
    confirm(runtime, "koen", "els", NOW)
    assert sign_in(runtime, HASHER, "koen", password, NOW)


def test_whoever_runs_the_server_needs_nobody() -> None:
    runtime = house()
    away(runtime)
    password = give_password_once(runtime, HASHER, "koen", Operator("beheer"), NOW)
    assert sign_in(runtime, HASHER, "koen", password, NOW)


def test_once_they_signed_in_themselves_they_are_back() -> None:
    runtime = house()
    password = give_password_once(runtime, HASHER, "koen", Operator("beheer"), at("2026-05-14 06:00"))
    back_by_mia(runtime)
    assert sign_in(runtime, HASHER, "koen", password, at("2026-05-14 08:30"))
    assert gets_in(runtime)


def test_once_they_say_so_themselves_they_are_back() -> None:
    runtime = house()
    away(runtime)
    be_back(runtime, "koen", "koen", at("2026-05-14 08:30"))
    assert gets_in(runtime)
