"""What was kept while the clock was a year ahead does not count for that year, once the clock is right again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gehoor.core.dossier.events import instant_text
from gehoor.services.accounts.accounts import add_account, session_of, sign_in
from gehoor.services.accounts.throttling import FREE
from gehoor.services.dossiers.break_glass import break_glass
from gehoor.services.intake.visits import begin_visit, visited
from gehoor.services.messages.claims import claim
from gehoor.services.ports.records import Account
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.scenarios.access.test_break_glass import daily, seen, wanted
from tests.scenarios.access.test_confidentiality import kept as strict
from tests.scenarios.messages.test_claims import house as with_messages
from tests.scenarios.messages.test_claims import kept
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.passwords import QuickHasher

NOW = at("2026-05-13 12:00")
AHEAD = NOW + timedelta(days=365)
PASSWORD = "lindebloesem"


@pytest.fixture
def house() -> Runtime:
    runtime = new_runtime()
    add_account(runtime, QuickHasher(), Account("ria", "Ria", "ria@delinde.example", ""), PASSWORD)
    return runtime


def test_nobody_waits_a_year_to_sign_in(house: Runtime) -> None:
    for _ in range(FREE):
        sign_in(house, QuickHasher(), "ria", "fout", AHEAD)
    assert sign_in(house, QuickHasher(), "ria", PASSWORD, NOW) is not None


def test_a_session_is_over(house: Runtime) -> None:
    token = sign_in(house, QuickHasher(), "ria", PASSWORD, AHEAD)
    assert token is not None
    assert session_of(house, token, NOW) is None


def test_a_session_of_a_computer_that_is_a_minute_ahead_is_not(house: Runtime) -> None:
    token = sign_in(house, QuickHasher(), "ria", PASSWORD, NOW + timedelta(minutes=1))
    assert token is not None
    assert session_of(house, token, NOW) is not None


def test_a_visit_is_over() -> None:
    runtime = new_runtime()
    assert visited(runtime, begin_visit(runtime, "dossier-1", AHEAD), NOW) is None


def test_a_message_that_was_put_off_goes_now() -> None:
    runtime = with_messages(1)
    message = replace(kept(runtime), next_at=instant_text(AHEAD))
    with writing(runtime.store) as register:
        register.save_message(message)
    assert [one.key for one in claim(runtime, "a", at("2026-05-21 09:00"), 9)] == ["m000"]


def test_an_emergency_is_over() -> None:
    runtime = daily()
    dossier = strict(runtime)
    break_glass(runtime, wanted(runtime, dossier), AHEAD)
    assert seen(runtime, dossier, "dirk") is None
