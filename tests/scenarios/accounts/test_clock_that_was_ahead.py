"""What was kept while the clock was a year ahead does not count for that year, once the clock is right again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gehoor import bootstrap
from gehoor.adapters.security.one_time_codes import TotpCodes
from gehoor.adapters.security.secret_box import SecretBox
from gehoor.bootstrap.readiness import late
from gehoor.bootstrap.register_files.marks import mark
from gehoor.core.dossier.events import instant_text
from gehoor.services.accounts.accounts import add_account, session_of, sign_in
from gehoor.services.accounts.second_factor import Codes, prepare, secret_to_show
from gehoor.services.accounts.throttling import FREE
from gehoor.services.dossiers import autosave
from gehoor.services.dossiers.break_glass import break_glass
from gehoor.services.intake.unsent_forms import (
    Unsent,
    drop_expired,
    keep,
    new_token,
    open_unsent,
    save_for_later,
)
from gehoor.services.intake.visits import begin_visit, visited
from gehoor.services.messages.claims import claim
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import project_pending
from gehoor.services.recording.attachments import NewFile, drop_waiting, keep_waiting
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.scenarios.access.test_break_glass import daily, seen, wanted
from tests.scenarios.access.test_confidentiality import kept as strict
from tests.scenarios.messages.test_claims import house as with_messages
from tests.scenarios.messages.test_claims import kept
from tests.support.clock import at
from tests.support.de_linde import de_linde, new_runtime, open_by_phone
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


def test_a_second_step_that_was_prepared_is_shown_to_nobody(house: Runtime) -> None:
    codes = Codes(SecretBox(b"k" * 32), TotpCodes())
    prepare(house, codes, "ria", AHEAD)
    assert secret_to_show(house, codes, "ria", NOW) is None
    prepare(house, codes, "ria", NOW)
    assert secret_to_show(house, codes, "ria", NOW) is not None


def unsent_of(runtime: Runtime, when: datetime) -> str:
    token = new_token()
    keep(runtime, token, Unsent("de-linde", "beukenhof", "dossier", "key", {"uiteenzetting": "Half."}), when)
    said = save_for_later(runtime, token, when)
    assert said is not None
    return said[0]


def test_a_form_that_was_not_sent_opens_no_more_and_goes() -> None:
    runtime = new_runtime()
    code = unsent_of(runtime, AHEAD)
    assert open_unsent(runtime, code, NOW) is None
    assert drop_expired(runtime, NOW) == 1
    assert drop_expired(runtime, NOW) == 0


def test_not_while_the_clock_may_be_behind() -> None:
    runtime = de_linde()
    open_by_phone(runtime, "2027-05-12 14:00")
    project_pending(runtime)
    code = unsent_of(runtime, AHEAD)
    assert drop_expired(runtime, NOW) == 0
    assert open_unsent(runtime, code, AHEAD) is not None


def test_what_somebody_typed_and_did_not_save_goes() -> None:
    runtime = new_runtime()
    autosave.keep(runtime, "dossier-1", "ria", autosave.Unsaved(1, (("onderwerp", "Bel"),), AHEAD))
    autosave.drop_old(runtime, NOW)
    assert autosave.unsaved_of(runtime, "dossier-1", "ria", AHEAD) is None


def test_a_file_that_waits_for_its_form_goes() -> None:
    runtime = new_runtime()
    keep_waiting(runtime, "key", [NewFile("a", "a.pdf", "pdf", b"x")], AHEAD)
    assert drop_waiting(runtime, NOW) == 1


def test_a_round_that_was_looked_at_ahead_counts_as_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "now", lambda: NOW)
    mark(tmp_path / "register.db", "sweep", NOW)
    assert late(tmp_path / "register.db") == []
    mark(tmp_path / "register.db", "sweep", AHEAD)
    assert late(tmp_path / "register.db") == ["sweep"]
