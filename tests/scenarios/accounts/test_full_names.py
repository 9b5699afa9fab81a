"""Full names: by them people choose whom a dossier is about, so nobody alone lets one account pass for another."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.account_history import account_history
from gehoor.services.accounts.administration import FullNameRefusedError
from gehoor.services.accounts.confirmation import refuse
from gehoor.services.accounts.new_accounts import new_account_once
from gehoor.services.ports.records import Account
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff
from gehoor.services.search.dossier_access import dossier_for
from tests.scenarios.accounts.test_confirmation import BOSS, DESK, HERE, NOW, PERSONNEL, acting, house, kept
from tests.scenarios.accounts.test_second_person import confirms
from tests.support.de_linde import fill, staff
from tests.support.passwords import QuickHasher


def rename(runtime: Runtime, name: str, full_name: str, by: Any = "piet") -> None:
    change_account(runtime, AccountChange(name, full_name=full_name), by, NOW)


def now_there(runtime: Runtime) -> Staff:
    with reading(runtime.store) as register:
        return runtime.staff.of(register, NOW)


def chosen(runtime: Runtime) -> dict[str, str]:
    """What people are called where they are chosen, by account; those only who are offered."""
    return {one.code: one.label for one in now_there(runtime).choices("de-linde") if not one.retired}


@pytest.mark.parametrize("name", ["els", "piet", "piet2"])
def test_another_full_name_waits_for_a_second_person_also_ones_own(name: str) -> None:
    runtime = house()
    before = kept(runtime, name).full_name
    rename(runtime, name, "Elise Vermeulen")
    assert kept(runtime, name).full_name == before
    assert not confirms(runtime, name, "piet")
    assert confirms(runtime, name, "pia")
    assert kept(runtime, name).full_name == "Elise Vermeulen"


def test_until_then_people_are_chosen_by_the_name_of_before_and_so_when_it_does_not_go_through() -> None:
    runtime = house()
    rename(runtime, "els", "Elise Vermeulen")
    assert chosen(runtime)["els"] == "Els"
    refuse(runtime, "els", "pia", NOW)
    assert (chosen(runtime)["els"], kept(runtime, "els").waiting) == ("Els", ())


def test_whoever_runs_the_server_renames_at_once() -> None:
    runtime = house()
    rename(runtime, "els", "Elise Vermeulen", BOSS)
    assert chosen(runtime)["els"] == "Elise Vermeulen"


def test_asked_twice_the_last_one_waits() -> None:
    runtime = house()
    for full_name in ("Een", "Twee"):
        rename(runtime, "els", full_name)
    assert [one["full_name"] for one in kept(runtime, "els").waiting] == ["Twee"]


HIDDEN = ("El\u200bs", "\u202eslE", "Els\u00ad", "Els\ufe0f", "E\u2066l\u2069s", "Els\u3164", "Els\u2028")


@pytest.mark.parametrize("full_name", HIDDEN)
@pytest.mark.parametrize("by", ["piet", BOSS])
def test_a_name_with_signs_that_nobody_sees_is_refused(full_name: str, by: Any) -> None:
    runtime = house()
    with pytest.raises(FullNameRefusedError):
        rename(runtime, "ria", full_name, by)
    account = Account("nep", full_name, "nep@delinde.example", "", (DESK,))
    with pytest.raises(FullNameRefusedError):
        new_account_once(runtime, QuickHasher(), account, by, NOW)
    assert "nep" not in now_there(runtime).accounts


@pytest.mark.parametrize("full_name", ["Zoë Müller-D’Hondt", "Łukasz Øster", "Иван Петров", "José"])
def test_a_name_as_people_have_them_is_kept(full_name: str) -> None:
    runtime = house()
    rename(runtime, "ria", full_name, BOSS)
    assert chosen(runtime)["ria"] == full_name


ALIKE = ("Els", "ELS", "els", "Éls", "E l s", "El-s", "Еls", "Elѕ", "EIs", "E1s")
"""As it is, capitals, an accent, signs between, a Cyrillic letter, a capital i and a figure for the l."""


@pytest.mark.parametrize("full_name", ALIKE)
def test_who_looks_like_a_colleague_is_chosen_with_the_name_of_the_account_beside_it(full_name: str) -> None:
    runtime = house()
    rename(runtime, "ria", full_name, BOSS)
    assert (chosen(runtime)["els"], chosen(runtime)["ria"]) == ("Els (els)", f"{full_name} (ria)")
    assert chosen(runtime)["koen"] == "Koen"


@pytest.mark.parametrize("full_name", ["De Wilde Koen", "Koen de Wilde", "Koen De Wilde (koen)"])
def test_so_is_who_has_the_words_in_another_order_or_the_name_of_the_account_among_them(
    full_name: str,
) -> None:
    runtime = house()
    rename(runtime, "koen", "Koen De Wilde", BOSS)
    rename(runtime, "ria", full_name, BOSS)
    assert chosen(runtime)["ria"] == f"{full_name} (ria)"
    assert now_there(runtime).namesakes("ria") == ["koen"]


def test_so_is_who_looks_like_somebody_who_left_and_not_like_somebody_of_another_organisation() -> None:
    runtime = house()
    staff(runtime, "oud", "onthaal", active=False)
    staff(runtime, "ver", "waterhof/sluis:onthaal")
    rename(runtime, "ria", "Oud", BOSS)
    rename(runtime, "koen", "Ver", BOSS)
    assert (chosen(runtime)["ria"], chosen(runtime)["koen"]) == ("Oud (ria)", "Ver")


def test_nobody_has_another_named_in_their_place_by_changing_names() -> None:
    """Els asks another name for herself, and an account called as she was: neither counts."""
    runtime = house()
    change_account(runtime, AccountChange("els", more=(f"{HERE}{PERSONNEL}",)), BOSS, NOW)
    rename(runtime, "els", "Elise Vermeulen", "els")
    account = Account("nep", "Els", "nep@delinde.example", "", (DESK,))
    new_account_once(runtime, QuickHasher(), account, "els", NOW)
    assert "nep" not in chosen(runtime)
    assert chosen(runtime)["els"] == "Els (els)"


def test_another_name_changes_nothing_about_the_dossiers_that_are_about_the_account() -> None:
    runtime = house()
    about = {"voorwerp": "persoon", "aangeklaagde_medewerkers": ["els"]}
    fill(runtime, "dossier-1", "2026-05-12 12:00", actor="beheerder", **about)
    rename(runtime, "els", "Ria")
    confirms(runtime, "els", "pia")
    assert kept(runtime, "els").full_name == "Ria"
    with pytest.raises(UnknownDossierError):
        dossier_for(runtime, acting(runtime, "els"), "dossier-1", NOW)
    assert dossier_for(runtime, acting(runtime, "ria"), "dossier-1", NOW)


def test_no_name_stands_in_the_log() -> None:
    runtime = house()
    rename(runtime, "els", "Elise Vermeulen")
    confirms(runtime, "els", "pia")
    told = account_history(runtime, "els", BOSS, NOW)
    assert [(one.deed, one.changed) for one in told] == [
        ("confirmed", ("full_name",)),
        ("asked", ("full_name",)),
    ]
    assert "Vermeulen" not in str(told)
