"""What a copy brings back does not bring back what was taken away since: follow-up codes, sessions, visits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore import accounts_in, back_again, restore
from gehoor.services.backups.restore_dossier import restore_dossier
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.correspondence.new_codes import NewCode, give_code
from gehoor.services.dossiers.incoming import Receipt
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import dossier_of_code
from gehoor.services.intake.visits import begin_visit, visited
from gehoor.services.maintenance.verify import verify
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.scenarios.correspondence.test_no_code_from_a_copy import agreed
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_web, publish_change, staff
from tests.support.site import PASSWORD, new_site

NIGHT = at("2026-05-13 02:00")
NOW = at("2026-05-13 12:00")
Lines = Callable[[], AbstractContextManager[Iterable[bytes]]]


@pytest.fixture
def runtime() -> Runtime:
    runtime = de_linde()
    publish_change(runtime, agreed, "2026-02-01 09:00")
    staff(runtime, "ria", "onthaal")
    return runtime


@pytest.fixture
def receipt(runtime: Runtime) -> Receipt:
    return open_by_web(runtime, "2026-05-12 14:00")


def copied(runtime: Runtime) -> Lines:
    lines = list(Backup(runtime.store, NIGHT).lines())
    return lambda: nullcontext(iter(lines))


def give(runtime: Runtime, dossier: str, key: str = "k1") -> str:
    return give_code(runtime, NewCode(dossier, "paper", "Teruggebeld.", key, "ria"), NOW)


def opens(runtime: Runtime, code: str) -> bool:
    with reading_projection(runtime) as register:
        return dossier_of_code(register, code) is not None


def test_a_code_that_was_taken_back_stays_so_when_its_dossier_is_put_back(
    runtime: Runtime, receipt: Receipt
) -> None:
    assert opens(runtime, receipt.code)
    copy = copied(runtime)
    code = give(runtime, receipt.dossier)
    done = restore_dossier(runtime, copy, receipt.dossier, NOW, replace=True)
    assert done.code_stays
    assert (opens(runtime, receipt.code), opens(runtime, code)) == (False, True)
    assert verify(runtime.store).findings == []


def test_also_one_that_was_given_before_the_copy(runtime: Runtime, receipt: Receipt) -> None:
    first = give(runtime, receipt.dossier)
    copy = copied(runtime)
    second = give(runtime, receipt.dossier, "k2")
    restore_dossier(runtime, copy, receipt.dossier, NOW, replace=True)
    assert (opens(runtime, first), opens(runtime, second)) == (False, True)
    given = [one for one in look(runtime, receipt.dossier, NOW).events if one.kind is EventKind.CODE_GIVEN]
    assert [one.data["reason"] for one in given] == ["Teruggebeld.", "Teruggebeld."]


def test_where_none_was_given_since_the_one_of_the_copy_counts(runtime: Runtime, receipt: Receipt) -> None:
    copy = copied(runtime)
    fill(runtime, receipt.dossier, "2026-05-13 10:00", onderwerp="Soep")
    done = restore_dossier(runtime, copy, receipt.dossier, NOW, replace=True)
    assert not done.code_stays
    assert opens(runtime, receipt.code)


def test_in_a_restored_register_nobody_is_signed_in_or_looks_at_a_dossier() -> None:
    site = new_site("2026-05-13 12:00")
    receipt = open_by_web(site.runtime, "2026-05-12 14:00")
    visitor = site.staff("ria", "onthaal")
    visit = begin_visit(site.runtime, receipt.dossier, NOW)
    assert visitor.get("/medewerker/").status_code == 200
    with copied(site.runtime)() as lines:
        restore(site.runtime.store, lines)
    assert visitor.get("/medewerker/").status_code == 302
    assert visited(site.runtime, visit, NOW) is None
    assert site.visitor().send("/medewerker/aanmelden", naam="ria", wachtwoord=PASSWORD).status_code == 303


def test_it_is_told_what_is_there_again(runtime: Runtime, receipt: Receipt) -> None:
    staff(runtime, "koen", "onthaal")
    write_to_us(runtime, receipt.dossier, "Hoe ver staat u?", "k1", NOW)
    copy = copied(runtime)
    with reading(runtime.store) as register:
        ria, koen = register.account("ria"), register.account("koen")
    assert ria is not None
    assert koen is not None
    with writing(runtime.store) as register:
        register.save_account(replace(ria, password_hash="another"))
        register.save_account(replace(koen, active=False))
    before = accounts_in(runtime.store)
    with copy() as lines:
        restore(runtime.store, lines)
    again = back_again(runtime.store, before)
    assert (again.accounts, again.passwords, again.waiting > 0) == (("koen",), ("ria",), True)
