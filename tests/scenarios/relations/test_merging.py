"""A dossier goes on in another: its number stays, its terms end, and each who told one hears what is theirs."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind, verify
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.intake.status_page import follow, route_of
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.merging import MergeWanted, merge, told_of_merged, unmerge
from tests.support.belonging import NOW, belonging, house, ready, seen, told
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change

LATER = "2026-05-07 09:00"


def pair(runtime: Runtime, *, same: bool = False) -> tuple[str, str]:
    """The main dossier by Els Peeters, and a double: by her too, or by Jan Claes."""
    other = {} if same else {"klager_email": "jan@voorbeeld.be", "klager_naam": "Jan Claes"}
    main = told(runtime, "2026-05-04 10:00").dossier
    double = told(runtime, "2026-05-05 08:00", **other).dossier
    ready(runtime, double)
    return main, double


def merged(runtime: Runtime, main: str, double: str, *, same: bool = False, actor: str = "els") -> None:
    number = seen(runtime, main).dossier.number
    merge(runtime, MergeWanted(double, number, "Over dezelfde bel.", same, actor), at(NOW))


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [one.code for one in refused.value.objections]


def test_the_double_closes_as_merged_with_the_number_of_the_main_one() -> None:
    runtime = house()
    main, double = pair(runtime)
    merged(runtime, main, double)
    opened = seen(runtime, double)
    assert opened.decision.closed
    assert opened.dossier.values["afsluitreden"] == "samengevoegd"
    assert opened.dossier.values["nummer_daar"] == seen(runtime, main).dossier.number
    assert opened.dossier.number == "BEU-2026-0002"
    assert not seen(runtime, main).decision.closed
    for one in (main, double):
        verify(seen(runtime, one).events)


def test_its_terms_end_with_the_reason() -> None:
    runtime = house()
    main, double = pair(runtime)
    merged(runtime, main, double)
    opened = seen(runtime, double)
    running = [
        state.term.id
        for state in opened.decision.terms.values()
        if not state.completed_at and not state.cancelled
    ]
    assert "antwoord" not in running
    answered = opened.events[-1].data
    assert answered["why"] == "Over dezelfde bel."
    assert "ontvangstmelding" in answered["undone"]


def test_two_people_never_read_each_others() -> None:
    runtime = house()
    main, double = pair(runtime)
    write_back(runtime, main, "Beste Els, wij bellen u.", "key-1", at(NOW), "els")
    write_to_us(runtime, main, "Mijn moeder heet Maria.", "key-2", at(NOW))
    merged(runtime, main, double)
    page = follow(runtime, double, at(LATER))
    assert page.number == "BEU-2026-0002"
    assert page.conversation == ()
    assert page.letters == ()
    assert page.onward is not None
    assert (page.onward.merged, page.onward.number) == (True, "")
    assert follow(runtime, main, at(LATER)).onward is None
    assert len(follow(runtime, main, at(LATER)).conversation) == 2


def test_what_the_other_writes_stays_theirs() -> None:
    runtime = house()
    main, double = pair(runtime)
    merged(runtime, main, double)
    write_to_us(runtime, route_of(runtime, double, at(LATER)).writes, "Hoever staat het?", "key-3", at(LATER))
    assert [one.text for one in follow(runtime, double, at(LATER)).conversation] == ["Hoever staat het?"]
    assert follow(runtime, main, at(LATER)).conversation == ()


def test_one_person_reads_both_with_either_code() -> None:
    runtime = house()
    main, double = pair(runtime, same=True)
    write_back(runtime, main, "Beste Els, wij bellen u.", "key-1", at(NOW), "els")
    merged(runtime, main, double, same=True)
    page = follow(runtime, double, at(LATER))
    assert page.onward is not None
    assert page.onward.number == "BEU-2026-0001"
    assert [one.text for one in page.conversation] == ["Beste Els, wij bellen u."]
    write_to_us(runtime, route_of(runtime, double, at(LATER)).writes, "Dank u.", "key-3", at(LATER))
    assert [one.text for one in seen(runtime, main).dossier.conversation][-1] == "Dank u."


def test_who_turns_out_to_be_another_reads_nothing_more() -> None:
    """The address of the main dossier was that of somebody else after all."""
    runtime = house()
    main, double = pair(runtime, same=True)
    write_back(runtime, main, "Beste Els, wij bellen u.", "key-1", at(NOW), "els")
    merged(runtime, main, double, same=True)
    fill(runtime, main, LATER, klager_email="els.claes@voorbeeld.be", klager_naam="Els Claes")
    assert follow(runtime, double, at(LATER)).conversation == ()


@pytest.mark.parametrize(
    "other",
    [
        {"klager_email": "jan@voorbeeld.be", "klager_naam": "Jan Claes"},
        {"klager_naam": "Jan Peeters"},
        {"anoniem": "ja", "klager_naam": None, "klager_email": None},
    ],
)
def test_nobody_is_made_the_same_person_by_saying_so(other: dict[str, str]) -> None:
    runtime = house()
    main = told(runtime, "2026-05-04 10:00").dossier
    double = told(runtime, "2026-05-05 08:00", **other).dossier
    ready(runtime, double)
    with pytest.raises(RefusedError) as refused:
        merged(runtime, main, double, same=True)
    assert codes(refused) == ["not-same-person"]


def test_a_family_name_and_the_address_of_a_family_are_not_one_person() -> None:
    runtime = house()
    family = {"klager_naam": "Maes", "klager_email": "gezin@voorbeeld.be"}
    main = told(runtime, "2026-05-04 10:00", **family).dossier
    double = told(runtime, "2026-05-05 08:00", **family).dossier
    ready(runtime, double)
    with pytest.raises(RefusedError) as refused:
        merged(runtime, main, double, same=True)
    assert codes(refused) == ["not-same-person"]
    for one in (main, double):
        fill(runtime, one, "2026-05-05 10:00", klager_voornaam="Rosa")
    merged(runtime, main, double, same=True)


def test_no_answer_is_owed_where_nobody_counts_it() -> None:
    runtime = house()
    main, double = pair(runtime)

    def without(document: dict[str, Any]) -> None:
        belonging(document)
        del document["merge"]

    publish_change(runtime, without, "2026-05-05 12:00")
    later = told(runtime, "2026-05-05 13:00", klager_email="c@voorbeeld.be", klager_naam="C. Maes").dossier
    with pytest.raises(RefusedError) as refused:
        merged(runtime, later, double)
    assert codes(refused) == ["merge-not-counted"]
    merged(runtime, main, double)


def test_the_main_one_does_not_close_before_the_other_was_told() -> None:
    runtime = house()
    main, double = pair(runtime)
    merged(runtime, main, double)
    assert seen(runtime, main).dossier.values["te_vertellen"] == 1
    blocked = seen(runtime, main).decision.milestones["afgesloten"].blocks
    assert [one.because for one in blocked if "ook de ander" in one.because.lower()]
    told_of_merged(runtime, main, double, "Brief van 12 mei.", "els", at(LATER))
    opened = seen(runtime, main)
    assert opened.dossier.values["te_vertellen"] == 0
    assert opened.dossier.relations.taken_in[double].told == "Brief van 12 mei."
    assert not [
        one
        for one in opened.decision.milestones["afgesloten"].blocks
        if "ook de ander" in one.because.lower()
    ]


def test_the_same_person_is_told_once() -> None:
    runtime = house()
    main, double = pair(runtime, same=True)
    merged(runtime, main, double, same=True)
    assert "te_vertellen" not in seen(runtime, main).dossier.values


def test_undone_it_stands_as_it_did_and_nothing_leads_on() -> None:
    runtime = house()
    main, double = pair(runtime)
    before = dict(seen(runtime, double).dossier.values)
    merged(runtime, main, double)
    unmerge(runtime, double, "Toch iets anders.", "els", at(LATER))
    opened = seen(runtime, double, when=LATER)
    assert opened.dossier.values == before
    assert not opened.decision.closed
    term = opened.decision.terms["antwoord"]
    assert term.completed_at is None
    assert not term.cancelled
    assert opened.dossier.relations.goes_on_in == ""
    assert seen(runtime, main).dossier.relations.taken_in == {}
    assert seen(runtime, main).dossier.values["te_vertellen"] == 0
    assert follow(runtime, double, at(LATER)).onward is None
    assert [event.kind for event in opened.events[-2:]] == [EventKind.UNMERGED, EventKind.ANSWERED]


def test_what_closing_asks_is_asked_and_nothing_is_written_till_then() -> None:
    runtime = house()
    main = told(runtime, "2026-05-04 10:00").dossier
    double = told(
        runtime, "2026-05-05 08:00", klager_email="jan@voorbeeld.be", klager_naam="Jan Claes"
    ).dossier
    with pytest.raises(RefusedError) as refused:
        merged(runtime, main, double)
    assert {one.field for one in refused.value.objections} & {"onderwerp", "acuut_gevaar"}
    assert seen(runtime, main).dossier.relations.taken_in == {}


def test_a_chain_and_a_circle_are_refused() -> None:
    runtime = house()
    main, double = pair(runtime)
    merged(runtime, main, double)
    third = told(runtime, "2026-05-05 09:00", klager_email="c@voorbeeld.be", klager_naam="C. Maes").dossier
    ready(runtime, third)
    for one, into, code in ((third, double, "goes-on-elsewhere"), (main, third, "took-others-in")):
        with pytest.raises(RefusedError) as refused:
            merged(runtime, into, one)
        assert codes(refused) == [code]


def test_nobody_learns_of_a_main_one_that_does_not_exist_for_them() -> None:
    runtime = house()
    main, double = pair(runtime)
    fill(runtime, main, "2026-05-05 10:00", voorwerp="persoon", aangeklaagde_medewerkers=["rita"])
    with pytest.raises(RefusedError) as refused:
        merged(runtime, main, double)
    assert codes(refused) == ["merge-hidden"]
    fill(runtime, double, "2026-05-05 10:00", voorwerp="persoon", aangeklaagde_medewerkers=["rita"])
    merged(runtime, main, double)
    assert seen(runtime, double).decision.closed


def test_where_nothing_was_agreed_nothing_is_merged() -> None:
    runtime = house()

    def without(document: dict[str, Any]) -> None:
        belonging(document)
        del document["merge"]

    publish_change(runtime, without, "2026-03-01 09:00")
    main, double = pair(runtime)
    with pytest.raises(RefusedError) as refused:
        merged(runtime, main, double)
    assert codes(refused) == ["merge-not-agreed"]


def counted(runtime: Runtime, dossier: str) -> int:
    return max(
        (found.count for found in seen(runtime, dossier, when=LATER).dossier.found.values()), default=0
    )


def test_two_that_were_merged_are_one_message_for_what_comes_after() -> None:
    runtime = house()
    main, double = pair(runtime, same=True)
    merged(runtime, main, double, same=True)
    third = told(runtime, "2026-05-06 10:00").dossier
    assert counted(runtime, third) == 1
    unmerge(runtime, double, "Toch iets anders.", "els", at("2026-05-06 11:00"))
    fill(runtime, third, "2026-05-06 12:00", onderwerp="De bel")
    assert counted(runtime, third) == 2


def without_code(document: dict[str, Any]) -> None:
    belonging(document)
    document["anonymous"]["follow-up-code"] = False


def test_where_the_main_one_has_no_code_what_is_written_stays_in_the_double() -> None:
    runtime = house()
    publish_change(runtime, without_code, "2026-03-01 09:00")
    main = told(runtime, "2026-05-04 10:00").dossier
    publish_change(runtime, belonging, "2026-05-04 11:00")
    double = told(runtime, "2026-05-05 08:00").dossier
    ready(runtime, double)
    merged(runtime, main, double, same=True)
    assert not seen(runtime, main).dossier.has_code
    assert route_of(runtime, double, at(LATER)).writes == double
    write_to_us(runtime, double, "Dank u.", "key-9", at(LATER))
    assert [one.text for one in follow(runtime, double, at(LATER)).conversation] == ["Dank u."]


def test_what_somebody_filled_in_since_stays_when_it_is_taken_apart() -> None:
    """It was opened again, and closed by itself for another reason."""
    runtime = house()
    main, double = pair(runtime)
    merged(runtime, main, double)
    reopen(runtime, double, "Het gaat om iets anders.", "els", at("2026-05-06 10:00"))
    fill(runtime, double, "2026-05-06 11:00", afsluitreden="doorverwezen")
    fill(runtime, double, "2026-05-06 12:00", reason="Verwezen.", afgesloten_op="2026-05-06")
    unmerge(runtime, double, "Toch apart.", "els", at(LATER))
    opened = seen(runtime, double, when=LATER)
    assert opened.dossier.values["afsluitreden"] == "doorverwezen"
    assert opened.dossier.values["afgesloten_op"] == "2026-05-06"
    assert "nummer_daar" not in opened.dossier.values
    assert opened.decision.closed
