"""More than one person in charge: where that was agreed, two handle a dossier together."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.dossier.events import EventKind, verify
from gehoor.core.wording.port import Sentences
from gehoor.core.wording.registry import LANGUAGES
from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.absence import Away, be_away
from gehoor.services.accounts.open_work import hand_over, open_work
from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist import work_list
from gehoor.services.search.worklist_filters import Sort, Tab, Wish
from tests.support.clock import at
from tests.support.de_linde import (
    agreement,
    de_linde,
    fill,
    open_by_phone,
    open_by_web,
    publish_change,
    staff,
)
from tests.support.pages import page_faults
from tests.support.site import new_site

NOON, LATER = "2026-05-12 15:00", "2026-05-13 10:00"
BOSS = Operator("beheerder")


def together(document: dict[str, Any]) -> None:
    """Two people look into what somebody told in words."""
    document["rules"]["samen"] = {
        "if": {"indieningsvorm": "mondeling"},
        "then": [{"handlers": 2, "before": "onderzoek afgerond"}],
        "because": "Wat verteld wordt, hoort niemand alleen.",
    }
    document["rule-examples"] = []


def house() -> tuple[Runtime, str]:
    """Els, Karin and Tom may handle a complaint of 12 May."""
    runtime = de_linde()
    publish_change(runtime, together, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "karin", "teamverantwoordelijke")
    staff(runtime, "tom", "teamverantwoordelijke")
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    return runtime, dossier


def give(runtime: Runtime, dossier: str, to: str, when: str = NOON, **more: Any) -> None:
    assign(runtime, Assigning(dossier, to, "els", **more), at(when))


def two(runtime: Runtime, dossier: str) -> None:
    give(runtime, dossier, "karin")
    give(runtime, dossier, "tom", beside=True)


def seen(runtime: Runtime, dossier: str) -> OpenedDossier:
    return look(runtime, dossier, at(LATER))


def handlers(runtime: Runtime, dossier: str) -> tuple[str, ...]:
    """Who handles it, in the dossier and in lists alike."""
    with reading_projection(runtime) as register:
        summary = register.summary(dossier)
    assert summary is not None
    opened = seen(runtime, dossier)
    verify(opened.events)
    assert opened.dossier.handlers == ((summary.handler, *summary.beside) if summary.handler else ())
    return opened.dossier.handlers


def told(runtime: Runtime, dossier: str) -> list[str]:
    opened = seen(runtime, dossier)
    given = [one for one in opened.events if one.kind is EventKind.ASSIGNED]
    return [LANGUAGES["nl"].events.text(opened.agreement, one).what for one in given]


def account(runtime: Runtime, name: str) -> Account:
    with reading(runtime.store) as register:
        found = register.account(name)
    assert found is not None
    return found


def recipients(runtime: Runtime, dossier: str) -> set[str]:
    return {to.partition("@")[0] for one in seen(runtime, dossier).messages for to in one.recipients}


def test_a_second_one_handles_it_beside_the_first() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    assert handlers(runtime, dossier) == ("karin", "tom")
    assert told(runtime, dossier) == ["Behandelt dit dossier: Karin", "Behandelt dit dossier mee: Tom"]
    assert seen(runtime, dossier).handled_by == "Karin, Tom"


def test_where_nobody_handles_it_yet_they_are_the_first() -> None:
    runtime, dossier = house()
    give(runtime, dossier, "tom", beside=True)
    assert handlers(runtime, dossier) == ("tom",)


def test_no_more_handle_it_than_was_agreed() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    with pytest.raises(RefusedError) as refused:
        give(runtime, dossier, "els", beside=True)
    assert refused.value.objections[0].code == "assign-most"
    assert handlers(runtime, dossier) == ("karin", "tom")


def test_where_nothing_was_agreed_one_handles_it() -> None:
    runtime, dossier = house()
    fill(runtime, dossier, "2026-05-12 14:20", indieningsvorm="schriftelijk")
    give(runtime, dossier, "karin")
    with pytest.raises(RefusedError):
        give(runtime, dossier, "tom", beside=True)


def test_what_was_agreed_stands_before_the_milestone_until_there_are_two() -> None:
    runtime, dossier = house()

    def stands_before() -> list[str]:
        return [
            one.because for one in seen(runtime, dossier).decision.milestones["onderzoek afgerond"].blocks
        ]

    because = "Wat verteld wordt, hoort niemand alleen."
    give(runtime, dossier, "karin")
    assert because in stands_before()
    give(runtime, dossier, "tom", beside=True)
    assert because not in stands_before()


def test_who_handles_it_already_is_not_added_once_more() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    give(runtime, dossier, "karin", beside=True)
    give(runtime, dossier, "tom", beside=True)
    assert len(told(runtime, dossier)) == 2


def test_when_the_first_leaves_the_second_goes_on() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    give(runtime, dossier, "", before="karin")
    assert handlers(runtime, dossier) == ("tom",)
    assert told(runtime, dossier)[-1] == "Behandelde dit dossier mee, en behandelt het nu: Tom"


def test_when_the_second_leaves_the_first_goes_on() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    give(runtime, dossier, "", before="tom")
    assert handlers(runtime, dossier) == ("karin",)
    assert told(runtime, dossier)[-1] == "Behandelt dit dossier niet meer mee: Tom"


def test_the_place_of_either_goes_to_somebody_else() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    give(runtime, dossier, "els", before="tom")
    assert handlers(runtime, dossier) == ("karin", "els")
    assert told(runtime, dossier)[-1] == "Behandelt dit dossier mee: Els, in plaats van Tom"
    give(runtime, dossier, "tom", before="karin")
    assert handlers(runtime, dossier) == ("tom", "els")


def test_the_second_can_take_the_place_of_the_first() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    give(runtime, dossier, "tom", before="karin")
    assert handlers(runtime, dossier) == ("tom",)


def test_who_decides_on_an_old_page_hears_that_it_changed() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    give(runtime, dossier, "", before="tom")
    with pytest.raises(RefusedError) as refused:
        give(runtime, dossier, "els", before="tom")
    assert refused.value.objections[0].code == "assign-changed"


def test_fewer_than_agreed_afterwards_takes_nobody_away() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    fill(runtime, dossier, "2026-05-12 16:00", indieningsvorm="schriftelijk")
    assert handlers(runtime, dossier) == ("karin", "tom")


def test_where_no_rule_asks_for_two_any_more_nobody_takes_the_place_of_the_second() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    fill(runtime, dossier, "2026-05-12 16:00", indieningsvorm="schriftelijk")
    with pytest.raises(RefusedError) as refused:
        give(runtime, dossier, "els", "2026-05-12 16:30", before="tom")
    assert refused.value.objections[0].code == "assign-one"
    give(runtime, dossier, "", "2026-05-12 16:30", before="tom")
    assert handlers(runtime, dossier) == ("karin",)


def test_nor_does_who_is_handed_over_to() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    fill(runtime, dossier, "2026-05-12 16:00", indieningsvorm="schriftelijk")
    work = open_work(runtime, account(runtime, "tom"), at(LATER))
    dossiers, _fields, left = hand_over(runtime, work, ("tom", "els"), BOSS, at(LATER))
    assert dossiers == 0
    assert [one.objection.code for one in left] == ["assign-one"]


def test_a_conflict_of_interest_takes_it_from_either_and_the_other_goes_on() -> None:
    for accused, left in (("karin", "tom"), ("tom", "karin")):
        runtime, dossier = house()
        two(runtime, dossier)
        fill(
            runtime, dossier, "2026-05-12 16:00", actor="els", voorwerp="persoon", aangeklaagde_medewerkers=[accused]
        )  # fmt: skip
        assert handlers(runtime, dossier) == (left,)
        assert "Een van wie dit dossier behandelden" in seen(runtime, dossier).messages[-1].text
        with pytest.raises(UnknownDossierError):
            look(runtime, dossier, at(LATER), accused)


def test_a_conflict_of_both_leaves_nobody() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    fill(
        runtime, dossier, "2026-05-12 16:00", actor="els", voorwerp="persoon",
        aangeklaagde_medewerkers=["karin", "tom"],
    )  # fmt: skip
    assert handlers(runtime, dossier) == ()


def test_it_cannot_be_given_to_whom_it_is_about() -> None:
    runtime, dossier = house()
    fill(
        runtime, dossier, "2026-05-12 14:30", actor="els", voorwerp="persoon", aangeklaagde_medewerkers=["tom"]
    )  # fmt: skip
    give(runtime, dossier, "karin")
    with pytest.raises(RefusedError) as refused:
        give(runtime, dossier, "tom", beside=True)
    assert refused.value.objections[0].code == "assign-cannot"


def test_what_is_for_the_handler_is_told_to_each() -> None:
    runtime = de_linde()
    publish_change(runtime, together, "2026-05-01 09:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    for name in ("karin", "tom"):
        staff(runtime, name, "teamverantwoordelijke")
    dossier = open_by_web(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, "2026-05-12 14:10", indieningsvorm="mondeling")
    two(runtime, dossier)
    before = len(seen(runtime, dossier).messages)
    write_to_us(runtime, dossier, "Is er al nieuws?", "key", at("2026-05-12 16:00"))
    (message,) = seen(runtime, dossier).messages[before:]
    assert set(message.recipients) == {"karin@delinde.example", "tom@delinde.example"}


def test_who_acts_for_the_second_while_they_are_away_is_told_too() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    be_away(runtime, Away("tom", date(2026, 5, 11), date(2026, 5, 20), "els"), "tom", at("2026-05-11 09:00"))
    assert [(one.name, one.deputy) for one in seen(runtime, dossier).beside] == [("Tom", "Els")]


def test_who_is_given_it_too_hears_of_it() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    assert {"karin", "tom"} <= recipients(runtime, dossier)


def test_my_list_has_what_i_handle_too_in_its_order() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    own = open_by_phone(runtime, "2026-05-12 14:05", klager_telefoon="0470 00 00 09").dossier
    give(runtime, own, "tom")
    for wish in (Wish(Tab.MINE), Wish(handler="tom"), Wish(Tab.MINE, Sort.NUMBER)):
        listed = work_list(runtime, account(runtime, "tom"), at(LATER), wish)
        assert {line.summary.id for line in listed.lines} == {dossier, own}
        assert listed.total == 2
    assert listed.counts[Tab.MINE] == 2
    assert [line.handler_name for line in listed.lines] == ["Karin, Tom", "Tom"]
    assert [line.summary.id for line in listed.lines] == [dossier, own]
    others = work_list(runtime, account(runtime, "karin"), at(LATER), Wish(Tab.MINE))
    assert [line.summary.id for line in others.lines] == [dossier]


def test_who_leaves_hands_over_what_they_handle_too() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    work = open_work(runtime, account(runtime, "tom"), at(LATER))
    assert [one for one, _ in work.handled] == [dossier]
    assert hand_over(runtime, work, ("tom", "els"), BOSS, at(LATER)) == (1, 0, [])
    assert handlers(runtime, dossier) == ("karin", "els")


def test_handing_over_to_who_handles_it_already_leaves_one() -> None:
    runtime, dossier = house()
    two(runtime, dossier)
    work = open_work(runtime, account(runtime, "tom"), at(LATER))
    assert hand_over(runtime, work, ("tom", "karin"), BOSS, at(LATER)) == (1, 0, [])
    assert handlers(runtime, dossier) == ("karin",)


@pytest.mark.parametrize("said", LANGUAGES.values(), ids=LANGUAGES)
def test_every_language_says_who_joins_leaves_and_goes_on(said: Sentences) -> None:
    plain = {"to": "", "name": "", "before": "karin", "note": "", "conflict": False}
    ways: tuple[dict[str, Any], ...] = (
        {"to": "els", "name": "Els", "before": "", "beside": True},
        {"to": "els", "name": "Els", "beside": True, "left": "Karin"},
        {"beside": True, "left": "Karin"},
        {"beside": True, "conflict": True},
        {"first": "Tom"},
    )
    found = [said.events.by_kind[EventKind.ASSIGNED](agreement(), {**plain, **way}).what for way in ways]
    assert len(set(found)) == len(ways)
    assert ["Els" in found[0], "Els" in found[1], "Karin" in found[2], "Tom" in found[4]] == [True] * 4


def test_the_page_lets_one_join_and_take_somebody_out() -> None:
    runtime, dossier = house()
    give(runtime, dossier, "karin")
    site = new_site(NOON, runtime)
    visitor = site.staff("tom", "teamverantwoordelijke")
    home = f"/medewerker/dossiers/{dossier}"

    def forms() -> list[dict[str, str]]:
        page = visitor.page(f"{home}/overzicht")
        assert page_faults(page) == []
        own = [f for f in page.all("form") if f.attributes.get("action", "").endswith("/behandelaar")]
        return [dict(page.form_data(one)) for one in own]

    fill(
        runtime,
        dossier,
        NOON,
        onderwerp="De bel",
        mondeling_verslag="Voorgelezen.",
        registratiedatum="2026-05-12",
    )
    links = {
        one.text: one.attributes["href"] for one in visitor.page(home).all("a") if "href" in one.attributes
    }
    assert links["Laat het door 2 mensen behandelen"] == f"{home}/overzicht#behandelaar"
    joins = [one for one in forms() if one.get("mee") and one.get("aan") == "tom"]
    assert visitor.post(f"{home}/behandelaar", joins[0]).status_code == 303
    assert handlers(runtime, dossier) == ("karin", "tom")
    leaves = [one for one in forms() if one["eerst"] == "tom"]
    assert visitor.post(f"{home}/behandelaar", {**leaves[0], "aan": "niemand"}).status_code == 303
    assert handlers(runtime, dossier) == ("karin",)


PEOPLE = ("karin", "tom", "els")
STEPS = st.lists(
    st.tuples(st.sampled_from((*PEOPLE, "")), st.sampled_from((*PEOPLE, "", None)), st.booleans()), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_whatever_people_do_each_handles_it_once_and_no_more_than_agreed(
    steps: list[tuple[str, str | None, bool]],
) -> None:
    runtime, dossier = house()
    for to, before, beside in steps:
        was = seen(runtime, dossier).dossier.handlers
        with suppress(RefusedError):
            give(runtime, dossier, to, before=before, beside=beside)
        now = seen(runtime, dossier).dossier.handlers
        assert len(set(now)) == len(now) <= 2
        # Nobody but who was named comes, and at most one leaves that was not asked to go on in another place.
        assert set(now) - set(was) <= {to}
        assert len(set(was) - set(now)) <= 1
    assert handlers(runtime, dossier) == seen(runtime, dossier).dossier.handlers
