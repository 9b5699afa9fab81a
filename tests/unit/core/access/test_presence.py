"""Who has which roles at an instant: for good, for a while, and for somebody who is away."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.access.presence import Absence, Person, RolePeriod, presence

RECEPTION, COORDINATOR = "de-linde/*:onthaal", "de-linde/*:kwaliteitscoordinator"
TEAM = "de-linde/*:teamverantwoordelijke"
NOON = "2026-05-12T10:00:00.000000Z"
EVENING = "2026-05-12T18:00:00.000000Z"
NEXT = "2026-05-13T10:00:00.000000Z"

ELS = Person("els", (COORDINATOR,))
RIA = Person("ria", (RECEPTION,))
JAN = Person("jan", (TEAM,))


def away(deputy: str = "", until: str = NEXT) -> tuple[Absence, ...]:
    return (Absence(NOON, until, deputy),)


def test_a_role_for_a_while_is_held_from_its_first_instant_until_just_before_its_last() -> None:
    jan = Person("jan", periods=(RolePeriod(RECEPTION, NOON, EVENING),))
    held = [presence([jan], at).roles_of("jan") for at in ("2026-05-12T09:59:59.999999Z", NOON, EVENING)]
    assert held == [(), (RECEPTION,), ()]


def test_the_deputy_of_who_is_away_has_their_roles_too() -> None:
    found = presence([replace(ELS, absences=away("ria")), RIA], NOON)
    assert (found.roles_of("els"), found.roles_of("ria")) == ((COORDINATOR,), (RECEPTION, COORDINATOR))
    assert (found.away, found.deputised, found.deputy_of("els")) == ({"els"}, {"ria": ("els",)}, "ria")


def test_whoever_is_back_needs_no_deputy() -> None:
    found = presence([replace(ELS, absences=away("ria")), RIA], NEXT)
    assert (found.away, found.roles_of("ria"), found.deputy_of("els")) == (frozenset(), (RECEPTION,), "")


def test_an_absence_without_an_end_lasts() -> None:
    found = presence([replace(ELS, absences=away("ria", until="")), RIA], "2030-01-01T00:00:00.000000Z")
    assert found.away == {"els"}


def test_where_the_deputy_is_away_too_theirs_acts() -> None:
    people = [replace(ELS, absences=away("ria")), replace(RIA, absences=away("jan")), JAN]
    assert presence(people, NOON).roles_of("jan") == (TEAM, COORDINATOR, RECEPTION)


def test_who_said_that_others_are_away_gets_no_roles_by_it_wherever_the_deputies_lead() -> None:
    ria, again = replace(RIA, absences=away("jan")), Person("jan2", (TEAM,), person="jan")
    for by in ("jan", "jan2"):
        els = replace(ELS, absences=(Absence(NOON, NEXT, "ria", by),))
        found = presence([els, ria, replace(JAN, person="jan"), again], NOON)
        assert found.roles_of("jan") == (TEAM, RECEPTION)
        assert found.deputised == {"jan": ("ria",)}
    els, ria = replace(ELS, absences=away("ria")), replace(RIA, absences=(Absence(NOON, NEXT, "jan", "jan"),))
    assert presence([els, ria, JAN], NOON).roles_of("jan") == (TEAM,)


def test_who_deputise_for_each_other_and_are_both_away_have_nobody() -> None:
    people = [replace(ELS, absences=away("ria")), replace(RIA, absences=away("els"))]
    found = presence(people, NOON)
    assert (found.deputised, found.roles_of("els"), found.roles_of("ria")) == (
        {},
        (COORDINATOR,),
        (RECEPTION,),
    )


def test_who_has_left_deputises_for_nobody_and_needs_no_deputy() -> None:
    left = [replace(ELS, absences=away("ria")), replace(RIA, active=False)]
    assert presence(left, NOON).deputised == {}
    gone = [replace(ELS, absences=away("ria"), active=False), RIA]
    assert presence(gone, NOON).roles_of("ria") == (RECEPTION,)


def test_a_deputy_gets_no_roles_that_who_is_away_only_stands_in_for() -> None:
    """Deputising is for the own roles of somebody: who did it for a third is asked no more than was agreed."""
    people = [replace(ELS, absences=away("ria")), RIA, replace(JAN, absences=away("ria"))]
    assert presence(people, NOON).roles_of("ria") == (RECEPTION, COORDINATOR, TEAM)


def test_a_deputy_gets_no_role_where_they_do_not_work_themselves() -> None:
    els = Person("els", ("de-linde/beukenhof:onthaal", "de-linde/thuis:onthaal"), absences=away("ria"))
    ria = Person("ria", ("de-linde/thuis:teamverantwoordelijke",))
    roles = presence([els, ria], NOON).roles_of("ria")
    assert roles == ("de-linde/thuis:teamverantwoordelijke", "de-linde/thuis:onthaal")


_INSTANTS = st.integers(0, 40).map(lambda hour: f"2026-05-{12 + hour // 24:02}T{hour % 24:02}:00:00.000000Z")
_NAMES = st.sampled_from(["els", "ria", "jan", "nobody", ""])


@st.composite
def _people(draw: st.DrawFn) -> list[Person]:
    def bounds() -> tuple[str, str]:
        return draw(_INSTANTS), draw(st.one_of(st.just(""), _INSTANTS))

    return [
        replace(
            one,
            periods=tuple(RolePeriod(RECEPTION, *bounds()) for _ in range(draw(st.integers(0, 2)))),
            absences=tuple(Absence(*bounds(), draw(_NAMES)) for _ in range(draw(st.integers(0, 2)))),
        )
        for one in (ELS, RIA, JAN)
    ]


@given(_people(), _INSTANTS, _INSTANTS)
def test_until_the_next_instant_that_is_named_nothing_is_otherwise(
    people: list[Person], first: str, later: str
) -> None:
    found = presence(people, first)
    if first <= later and (not found.next_at or later < found.next_at):
        assert replace(presence(people, later), next_at="") == replace(found, next_at="")


@given(_people(), _INSTANTS)
def test_nobody_who_is_away_acts_for_another(people: list[Person], at: str) -> None:
    found = presence(people, at)
    assert not found.away.intersection(found.deputised)
