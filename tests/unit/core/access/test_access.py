"""Who may do what follows from the roles someone holds, and from nothing else."""

from __future__ import annotations

import pytest

from gehoor.core.access.roles import departments_of, holds_role, role_text, works_in

HERE = ("de-linde", "beukenhof")
PUBLISHED = [("de-linde", "beukenhof"), ("de-linde", "eikenrode"), ("waterhof", "beukenhof")]


@pytest.mark.parametrize(
    ("roles", "holds"),
    [
        (["de-linde/beukenhof:onthaal"], True),
        (["de-linde/*:onthaal"], True),
        (["de-linde/beukenhof:teamverantwoordelijke"], False),
        (["de-linde/eikenrode:onthaal"], False),
        (["waterhof/beukenhof:onthaal"], False),
        (["waterhof/*:onthaal"], False),
        (["*/*:onthaal"], False),
        (["onthaal"], False),
        ([""], False),
        ([], False),
    ],
)
def test_a_role_counts_in_its_department_only(roles: list[str], holds: bool) -> None:
    assert holds_role(roles, *HERE, "onthaal") is holds


@pytest.mark.parametrize(
    ("roles", "works"),
    [
        (["de-linde/beukenhof:onthaal"], True),
        (["de-linde/*:algemeen-directeur"], True),
        (["waterhof/*:onthaal", "de-linde/beukenhof:onthaal"], True),
        (["de-linde/eikenrode:onthaal"], False),
        (["de-linde/beukenhof-oost:onthaal"], False),
        (["waterhof/beukenhof:onthaal"], False),
        ([":onthaal"], False),
        ([], False),
    ],
)
def test_someone_works_where_they_hold_a_role(roles: list[str], works: bool) -> None:
    assert works_in(roles, *HERE) is works


@pytest.mark.parametrize(
    ("roles", "departments"),
    [
        (["de-linde/eikenrode:onthaal"], [("de-linde", "eikenrode")]),
        (["de-linde/*:onthaal"], [("de-linde", "beukenhof"), ("de-linde", "eikenrode")]),
        (["de-linde/gesloten:onthaal"], []),
        ([], []),
    ],
)
def test_lists_hold_the_departments_someone_works_in(
    roles: list[str], departments: list[tuple[str, str]]
) -> None:
    assert departments_of(iter(roles), PUBLISHED) == departments


def test_a_role_is_written_with_its_place() -> None:
    assert role_text("de-linde", "*", "onthaal") == "de-linde/*:onthaal"
