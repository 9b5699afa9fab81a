"""Counted anew: whoever classifies a complaint later changes what came in after it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.core.dossier.events import Event, EventKind, verify
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.recounting import recount
from gehoor.services.jobs.sweep import sweep
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, staff

NOW = "2026-06-01 09:00"
KIND = "soort_klacht_hoofd"


def told(runtime: Runtime, when: str, **answers: Any) -> str:
    """A complaint on the website by els@voorbeeld.be, about something else each time."""
    return open_by_web(runtime, when, **{"uiteenzetting": f"Klacht van {when}", **answers}).dossier


def registered(runtime: Runtime, *days: int) -> list[str]:
    """Register a complaint of somebody else on each of these days of May; what it is about is filled in later."""
    dossiers = []
    for day in days:
        when = f"2026-05-{day:02}"
        phoned = open_by_phone(runtime, f"{when} 10:00", klager_telefoon=f"0470 00 00 0{day}")
        fill(
            runtime, phoned.dossier, f"{when} 11:00", onderwerp="Koude soep", registratiedatum=when,
            mondeling_verslag="Voorgelezen en bevestigd.",
        )  # fmt: skip
        dossiers.append(phoned.dossier)
    return dossiers


def four(runtime: Runtime) -> list[str]:
    """Complaints of 4 to 7 May."""
    return registered(runtime, 4, 5, 6, 7)


def flags(runtime: Runtime, dossier: str) -> list[str]:
    return [flag.because for flag in look(runtime, dossier, at(NOW)).decision.flags]


def recounted(runtime: Runtime, dossier: str, viewer: str = "") -> list[Event]:
    events = look(runtime, dossier, at(NOW), viewer).events
    return [event for event in events if event.kind is EventKind.RECOUNTED]


def waiting(runtime: Runtime) -> list[str]:
    with reading(runtime.store) as register:
        return register.recounts(100)


def classified_backwards(runtime: Runtime) -> list[str]:
    """Four complaints about meals; the last is classified first."""
    dossiers = four(runtime)
    for dossier in reversed(dossiers):
        fill(runtime, dossier, "2026-05-12 10:00", soort_klacht_hoofd="maaltijden")
    return dossiers


def test_the_last_of_four_is_a_pattern_once_the_earlier_ones_are_classified_too() -> None:
    runtime = de_linde()
    dossiers = classified_backwards(runtime)
    assert flags(runtime, dossiers[-1]) == []
    sweep(runtime, at("2026-05-12 10:05"))
    assert [flags(runtime, one) for one in dossiers] == [[], [], [], ["Patroon"]]


def test_who_is_to_hear_of_it_hears_of_it() -> None:
    runtime = de_linde()
    staff(runtime, "marc", "leidinggevende-zorg")
    dossiers = classified_backwards(runtime)
    sweep(runtime, at("2026-05-12 10:05"))
    with reading(runtime.store) as register:
        told_to = [one.recipients for one in register.messages_of(dossiers[-1]) if "zelfde-soort" in one.key]
    assert told_to == [("marc@delinde.example",)]


def test_an_earlier_one_that_turns_out_to_be_about_something_else_counts_no_more() -> None:
    runtime = de_linde()
    dossiers = classified_backwards(runtime)
    sweep(runtime, at("2026-05-12 10:05"))
    fill(runtime, dossiers[1], "2026-05-13 10:00", soort_klacht_hoofd="bejegening")
    sweep(runtime, at("2026-05-13 10:05"))
    assert flags(runtime, dossiers[-1]) == []


def test_the_history_says_what_is_counted_and_answers_nothing() -> None:
    runtime = de_linde()
    last = classified_backwards(runtime)[-1]
    before = look(runtime, last, at(NOW)).dossier
    sweep(runtime, at("2026-05-12 10:05"))
    opened = look(runtime, last, at(NOW))
    (event,) = recounted(runtime, last)
    verify(opened.events)
    assert (event.actor, set(event.data)) == ("gehoor", {"found"})
    assert (opened.dossier.changed, opened.dossier.history) == (before.changed, before.history)


def test_what_is_as_it_was_is_not_said_again() -> None:
    runtime = de_linde()
    last = classified_backwards(runtime)[-1]
    sweep(runtime, at("2026-05-12 10:05"))
    with writing(runtime.store) as register:
        register.note_recounts([last], at("2026-05-12 10:06"))
    sweep(runtime, at("2026-05-12 10:10"))
    assert (len(recounted(runtime, last)), waiting(runtime)) == (1, [])


def test_of_two_that_recount_at_once_one_finds_nothing_left() -> None:
    runtime = de_linde()
    last = classified_backwards(runtime)[-1]
    again: list[int] = []

    def meanwhile() -> bool:
        """The other sweep comes in between two dossiers of this one."""
        if not again:
            again.append(1)
            recount(runtime, at("2026-05-12 10:05"))
        return False

    recount(runtime, at("2026-05-12 10:05"), meanwhile)
    assert len(recounted(runtime, last)) == 1


def test_an_ordinary_complaint_of_today_makes_nobody_count_anew() -> None:
    runtime = de_linde()
    four(runtime)
    assert waiting(runtime) == []


def test_a_letter_that_is_registered_later_counts_for_what_came_in_after_it() -> None:
    runtime = de_linde()
    told(runtime, "2026-03-02 10:00")
    last = told(runtime, "2026-05-04 10:00")
    open_by_phone(
        runtime, "2026-05-06 09:00", uiteenzetting="Een brief over iets anders.", ontvangstdatum="2026-04-28",
        klager_email="els@voorbeeld.be", klager_telefoon=None,
    )  # fmt: skip
    sweep(runtime, at("2026-05-06 09:05"))
    assert flags(runtime, last) == ["Herhaald"]


def test_another_name_is_another_person_also_when_it_is_put_right_later() -> None:
    runtime = de_linde()
    first, _, last = (told(runtime, f"2026-0{month}-02 10:00") for month in (2, 3, 4))
    assert flags(runtime, last) == ["Herhaald"]
    fill(runtime, first, "2026-04-03 10:00", klager_naam="Wim Peeters")
    sweep(runtime, at("2026-04-03 10:05"))
    assert flags(runtime, last) == []


def test_a_department_next_door_is_counted_anew_too() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    first = open_by_web(runtime, "2026-03-02 10:00", uiteenzetting="Eerst.").dossier
    open_by_web(runtime, "2026-04-02 10:00", uiteenzetting="Dan.")
    last = open_by_web(runtime, "2026-05-04 10:00", "eikenrode", uiteenzetting="Nu.").dossier
    fill(runtime, first, "2026-05-05 10:00", klager_email="iemand@voorbeeld.be")
    sweep(runtime, at("2026-05-05 10:05"))
    assert flags(runtime, last) == []


def test_whoever_may_not_know_of_what_was_classified_reads_nothing_of_the_counting() -> None:
    runtime = de_linde()
    for name in ("koen", "tine"):
        staff(runtime, name, "teamverantwoordelijke")
    *earlier, last = four(runtime)
    for dossier in (last, *earlier):
        fill(runtime, dossier, "2026-05-12 10:00", soort_klacht_hoofd="maaltijden")
        if dossier != last:
            fill(runtime, dossier, "2026-05-12 10:01", voorwerp="persoon", aangeklaagde_medewerkers=["koen"])
    sweep(runtime, at("2026-05-12 10:05"))
    assert (len(recounted(runtime, last, "koen")), len(recounted(runtime, last, "tine"))) == (0, 1)


def test_one_that_is_damaged_keeps_no_other_waiting() -> None:
    runtime = de_linde()
    *earlier, last = four(runtime)
    for dossier in reversed(earlier):
        fill(runtime, dossier, "2026-05-12 10:00", soort_klacht_hoofd="maaltijden")
    fill(runtime, last, "2026-05-12 10:00", soort_klacht_hoofd="maaltijden")
    (extra,) = registered(runtime, 8)
    fill(runtime, extra, "2026-05-12 10:00", soort_klacht_hoofd="maaltijden")
    fill(runtime, earlier[0], "2026-05-12 11:00", soort_klacht_hoofd="bejegening")
    with writing(runtime.store) as register:
        document = register.tables.get("events", f"{last}/000001")
        assert document is not None
        register.tables.put("events", f"{last}/000001", {**document, "agreement": "f" * 64})
    failed = recount(runtime, at("2026-05-12 11:05"))
    assert (set(failed), waiting(runtime), len(recounted(runtime, extra))) == ({last}, [last], 1)


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("kind"), st.integers(0, 4), st.sampled_from(["maaltijden", "bejegening", None])),
        st.tuples(st.just("day"), st.integers(0, 4), st.integers(1, 9)),
        st.tuples(st.just("email"), st.integers(0, 4), st.sampled_from(["an@voorbeeld.be", "bo@voorbeeld.be"])),
        st.tuples(st.just("sweep"), st.just(0), st.just(0)),
    ),
    max_size=12,
)  # fmt: skip


def _given(runtime: Runtime) -> list[str]:
    found = []
    for number in range(5):
        day = f"2026-05-{5 + number:02}"
        phoned = open_by_phone(
            runtime, f"{day} 10:00", uiteenzetting=f"{'abcde'[number] * 30}",
            ontvangstdatum=day, klager_naam="Els Peeters", klager_telefoon=None,
            klager_email="an@voorbeeld.be",
        )  # fmt: skip
        fill(
            runtime, phoned.dossier, f"{day} 11:00", onderwerp="Koude soep", registratiedatum=day,
            mondeling_verslag="Voorgelezen en bevestigd.",
        )  # fmt: skip
        found.append(phoned.dossier)
    return found


def _act(runtime: Runtime, dossiers: list[str], act: tuple[str, int, Any], minute: int) -> None:
    what, which, value = act
    when = f"2026-05-20 10:{minute:02}"
    if what == "sweep":
        recount(runtime, at(when))
    elif what == "kind":
        fill(runtime, dossiers[which], when, soort_klacht_hoofd=value)
    elif what == "day":
        fill(runtime, dossiers[which], when, ontvangstdatum=f"2026-05-{value:02}", reason="Verkeerd gelezen")
    else:
        fill(runtime, dossiers[which], when, klager_email=value)


@settings(max_examples=25, deadline=None)
@given(ACTS)
def test_in_whatever_order_people_do_it_each_counts_what_came_before_it(acts: list[Any]) -> None:
    runtime = de_linde()
    dossiers = _given(runtime)
    for minute, act in enumerate(acts):
        with suppress(RefusedError):
            _act(runtime, dossiers, act, minute)
    recount(runtime, at("2026-05-21 10:00"))
    counted = [look(runtime, one, at(NOW)).dossier.found for one in dossiers]
    for dossier in dossiers:
        # Whoever saves one has it counted by what stands there now.
        fill(runtime, dossier, "2026-05-22 10:00", onderwerp="Nagekeken")
    assert [look(runtime, one, at(NOW)).dossier.found for one in dossiers] == counted
