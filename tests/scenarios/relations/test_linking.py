"""Two dossiers that belong together say so both, to whoever may know; and it can be taken back."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind, NewEvent, verify
from gehoor.services.access.authorisation import NotAllowedError
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.changing import Case, Change
from gehoor.services.recording.changing_both import changing_both
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.linking import link, unlink
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.survey import survey
from gehoor.services.search.search import search
from tests.support.belonging import NOW, belonging, house, ready, seen, told
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change
from tests.support.patience import PATIENCE
from tests.support.retention import keeping


def pair(runtime: Runtime, department: str = "beukenhof") -> tuple[str, str, str]:
    first = told(runtime, "2026-05-04 10:00").dossier
    second = told(
        runtime, "2026-05-05 10:00", department, klager_email="jan@voorbeeld.be", klager_naam="Jan Claes"
    )
    return first, second.dossier, second.number


def codes(refused: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [one.code for one in refused.value.objections]


def test_both_say_it_with_the_reason_and_in_their_history() -> None:
    runtime = house()
    first, second, number = pair(runtime)
    link(runtime, first, number, "Over dezelfde bel.", "els", at(NOW))
    for one, other in ((first, second), (second, first)):
        opened = seen(runtime, one, "els")
        (known,) = opened.dossier.relations.links.values()
        assert (known.dossier, known.reason) == (other, "Over dezelfde bel.")
        assert opened.events[-1].kind is EventKind.LINKED
        verify(seen(runtime, one).events)


@pytest.mark.parametrize("typed", ["beu-2026-0002", " BEU-2026-0002 ", "BEU - 2026 - 0002"])
def test_a_number_is_found_however_it_is_typed(typed: str) -> None:
    runtime = house()
    first, second, _number = pair(runtime)
    link(runtime, first, typed, "Over dezelfde bel.", "els", at(NOW))
    assert list(seen(runtime, first).dossier.relations.links) == [second]


def test_taken_back_with_a_reason_it_is_gone_from_both_and_stays_in_the_history() -> None:
    runtime = house()
    first, second, number = pair(runtime)
    link(runtime, first, number, "Over dezelfde bel.", "els", at(NOW))
    unlink(runtime, second, first, "Toch een andere bel.", "els", at(NOW))
    for one in (first, second):
        opened = seen(runtime, one, "els")
        assert opened.dossier.relations.links == {}
        assert [event.kind for event in opened.events[-2:]] == [EventKind.LINKED, EventKind.UNLINKED]


def test_what_cannot_be_linked_is_refused() -> None:
    runtime = house()
    first, second, number = pair(runtime)
    own = seen(runtime, first).dossier.number
    for typed, reason, code in (
        ("BEU-2026-9999", "Daarom.", "no-such-number"),
        (own, "Daarom.", "same-dossier"),
        (number, "  ", "reason-needed"),
    ):
        with pytest.raises(RefusedError) as refused:
            link(runtime, first, typed, reason, "els", at(NOW))
        assert codes(refused) == [code]
    link(runtime, first, number, "Daarom.", "els", at(NOW))
    with pytest.raises(RefusedError) as refused:
        link(runtime, second, own, "Daarom.", "els", at(NOW))
    assert codes(refused) == ["already-linked"]


def test_who_may_not_link_does_not() -> None:
    runtime = house()
    first, _second, number = pair(runtime)
    with pytest.raises(NotAllowedError):
        link(runtime, first, number, "Daarom.", "rita", at(NOW))


def test_a_dossier_elsewhere_is_as_one_that_is_not_there() -> None:
    runtime = house()
    first, _second, number = pair(runtime, "eikenrode")
    with pytest.raises(RefusedError) as refused:
        link(runtime, first, number, "Daarom.", "an", at(NOW))
    assert codes(refused) == ["no-such-number"]


def test_who_works_in_one_department_sees_that_there_is_one_elsewhere_and_no_more() -> None:
    runtime = house()
    first, second, number = pair(runtime, "eikenrode")
    link(runtime, first, number, "Jan Claes vertelde hetzelfde.", "els", at(NOW))
    opened = seen(runtime, first, "an")
    (known,) = opened.dossier.relations.links.values()
    assert (known.number, known.reason) == ("", "")
    told_of = opened.events[-1].data
    assert (told_of["number"], told_of["reason"]) == ("", "")
    with pytest.raises(RefusedError):
        unlink(runtime, first, second, "Weg.", "an", at(NOW))


def test_for_whom_the_other_does_not_exist_there_is_no_link_at_all() -> None:
    runtime = house()
    first, second, number = pair(runtime)
    link(runtime, first, number, "Over An.", "els", at(NOW))
    fill(runtime, second, "2026-05-06 10:00", voorwerp="persoon", aangeklaagde_medewerkers=["an"])
    with pytest.raises(UnknownDossierError):
        seen(runtime, second, "an")
    opened = seen(runtime, first, "an")
    assert opened.dossier.relations.links == {}
    assert EventKind.LINKED not in {event.kind for event in opened.events}
    assert list(seen(runtime, first, "els").dossier.relations.links) == [second]


def test_nobody_finds_a_dossier_by_what_was_said_of_another() -> None:
    runtime = house()
    first, _second, number = pair(runtime, "eikenrode")
    link(runtime, first, number, "Zwaluwnest.", "els", at(NOW))
    with reading(runtime.store) as register:
        an = register.account("an")
    assert an is not None
    assert search(runtime, an, "Zwaluwnest", at(NOW)).hits == ()


def forgotten(runtime: Runtime, dossier: str) -> None:
    """Close a dossier, and anonymise it years later."""

    def changed(document: dict[str, Any]) -> None:
        belonging(document)
        keeping(document)

    publish_change(runtime, changed, "2026-05-07 09:00")
    ready(runtime, dossier, "2026-05-06 10:00")
    fill(runtime, dossier, "2026-05-06 11:00", registratiedatum="2026-05-06")
    fill(
        runtime, dossier, "2026-05-06 12:00", afgesloten_op="2026-05-06", afsluitreden="doorverwezen",
        geen_antwoord_reden="andere", reason="Niet voor ons.",
    )  # fmt: skip
    survey(runtime, at("2036-01-04 09:00"))
    approve(runtime, [dossier], "els", at("2036-01-04 09:00"))
    assert carry_out(runtime, None, at("2036-01-04 09:00")).done


def test_to_one_that_was_anonymised_nothing_leads_any_more() -> None:
    runtime = house()
    first, second, number = pair(runtime)
    link(runtime, first, number, "Over dezelfde bel.", "els", at(NOW))
    forgotten(runtime, second)
    opened = seen(runtime, first, "els", "2036-01-05 09:00")
    assert opened.dossier.relations.links == {}
    assert number not in str([event.data for event in opened.events])
    emptied = seen(runtime, second, "els", "2036-01-05 09:00")
    assert emptied.dossier.relations.links == {}
    assert "Over dezelfde bel." not in str([event.data for event in emptied.events])


def test_neither_is_written_when_one_cannot_be() -> None:
    runtime = house()
    first, second, number = pair(runtime)
    fill(runtime, second, "2026-05-05 11:00", voorwerp="persoon", aangeklaagde_medewerkers=["els"])
    with pytest.raises(RefusedError) as refused:
        link(runtime, first, number, "Daarom.", "els", at(NOW))
    assert codes(refused) == ["no-such-number"]
    with reading(runtime.store) as register:
        kinds = {event.kind for one in (first, second) for event in register.events(one)}
    assert EventKind.LINKED not in kinds


def test_what_moves_in_between_is_judged_again_and_nothing_is_written_twice() -> None:
    runtime = house()
    first, second, _number = pair(runtime)
    asked: list[int] = []

    def change(one: Case, another: Case) -> tuple[Change, Change]:
        if not asked:
            # Somebody else is first, while nobody is kept from writing.
            other = Thread(target=lambda: fill(runtime, second, NOW, onderwerp="Intussen"))
            other.start()
            other.join(PATIENCE)
        asked.append(another.dossier.version)
        note = NewEvent(EventKind.NOTE_WRITTEN, {"text": "Samen.", "pinned": False})
        return Change(one.outcome(note)), Change(another.outcome(note))

    changing_both(runtime, (first, second), "els", None, at(NOW), change)
    assert asked == [1, 2]
    for one in (first, second):
        opened = seen(runtime, one)
        assert [note.text for note in opened.dossier.notes] == ["Samen."]
        verify(opened.events)
