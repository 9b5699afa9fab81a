"""Who holds a role, and who deputises where nobody does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gehoor.core.access.role_holders import RoleHolders
from gehoor.core.agreement.model import Role

HOLDERS = RoleHolders.of(
    "linde",
    [
        ("an", ["linde/beuk:onthaal", "linde/eik:directie"]),
        ("bo", ["linde/*:kwaliteit"]),
        ("cis", ["linde/beuk:kwaliteit", "elders/beuk:onthaal"]),
        ("dirk", ["linde/beuk:onthaal", "linde/beuk:onthaal"]),
    ],
)


def department(name: str) -> Any:
    roles = {
        "onthaal": Role("onthaal", "Onthaal", deputy="kwaliteit"),
        "kwaliteit": Role("kwaliteit", "Kwaliteit", deputy="directie"),
        "directie": Role("directie", "Directie", deputy="onthaal"),
    }
    return SimpleNamespace(department=name, roles=roles)


@pytest.mark.parametrize(
    ("place", "role", "names"),
    [
        ("beuk", "onthaal", ("an", "dirk")),
        ("beuk", "kwaliteit", ("bo", "cis")),
        ("eik", "kwaliteit", ("bo",)),
        ("eik", "onthaal", ()),
    ],
)
def test_who_holds_a_role_holds_it_in_one_department_or_in_all(
    place: str, role: str, names: tuple[str, ...]
) -> None:
    assert HOLDERS.holding(place, role) == names


def test_where_nobody_holds_a_role_its_deputy_acts() -> None:
    assert HOLDERS.acting(department("eik"), "onthaal") == ("kwaliteit", ("bo",))
    assert HOLDERS.deputies(department("eik")) == {"onthaal": "kwaliteit"}


def test_where_the_last_holder_has_a_conflict_of_interest_the_deputy_acts() -> None:
    assert HOLDERS.acting(department("beuk"), "onthaal", {"an", "dirk"}) == ("kwaliteit", ("bo", "cis"))
    assert HOLDERS.acting(department("eik"), "onthaal", {"bo"}) == ("directie", ("an",))


def test_deputies_in_a_circle_end_with_nobody() -> None:
    assert HOLDERS.acting(department("esdoorn"), "onthaal", {"bo"}) == ("", ())


def test_somebody_acts_for_their_own_roles_and_for_those_they_deputise_for() -> None:
    assert HOLDERS.roles_of(department("eik"), "bo") == {"onthaal", "kwaliteit"}
    assert HOLDERS.roles_of(department("beuk"), "an") == {"onthaal", "directie"}
    assert HOLDERS.roles_of(department("eik"), "nobody") == frozenset()
