"""One of two dossiers that belong together comes back from a copy of before: what the other says of it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind
from gehoor.services.backups.backup import Backup
from gehoor.services.backups.restore_dossier import DossierRefusedError, RestoredDossier, restore_dossier
from gehoor.services.correspondence.conversation import write_back
from gehoor.services.intake.status_page import follow, route_of
from gehoor.services.maintenance.findings import Kind
from gehoor.services.maintenance.verify import verify
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.linking import link, unlink
from gehoor.services.relations.merging import MergeWanted, merge, told_of_merged, unmerge
from gehoor.services.relations.sending_on import SendWanted, send_to_department
from tests.support.belonging import NOW, belonging, house, ready, seen, told
from tests.support.clock import at
from tests.support.de_linde import publish_change

LATER = "2026-05-07 09:00"
Lines = Callable[[], AbstractContextManager[Iterable[bytes]]]


def renamed(document: dict[str, Any]) -> None:
    belonging(document)
    document["department"]["name"] = "Huis Beukenhof"


def copy_of(runtime: Runtime) -> Lines:
    lines = list(Backup(runtime.store, at(NOW)).lines())
    return lambda: nullcontext(iter(lines))


def back(runtime: Runtime, copy: Lines, dossier: str) -> RestoredDossier:
    return restore_dossier(runtime, copy, dossier, at(LATER), replace=True)


def pair(runtime: Runtime) -> tuple[str, str]:
    """The main dossier by Els Peeters, and a double by Jan Claes."""
    main = told(runtime, "2026-05-04 10:00").dossier
    double = told(
        runtime, "2026-05-05 08:00", klager_email="jan@voorbeeld.be", klager_naam="Jan Claes"
    ).dossier
    ready(runtime, double)
    return main, double


def merged(runtime: Runtime, main: str, double: str) -> None:
    number = seen(runtime, main).dossier.number
    merge(runtime, MergeWanted(double, number, "Over dezelfde bel.", False, "els"), at(NOW))


def sound(runtime: Runtime) -> bool:
    return not verify(runtime.store).findings


def test_who_told_the_merged_one_is_owed_an_answer_again() -> None:
    runtime = house()
    main, double = pair(runtime)
    copy = copy_of(runtime)
    merged(runtime, main, double)
    told_of_merged(runtime, main, double, "Gebeld.", "els", at(NOW))
    done = back(runtime, copy, main)
    assert done.in_line == ["BEU-2026-0002"]
    opened = seen(runtime, main, when=LATER)
    assert opened.dossier.relations.owed == 1
    assert opened.dossier.values["te_vertellen"] == 1
    assert [one.kind for one in opened.events[-3:]] == [
        EventKind.PUT_BACK,
        EventKind.TOOK_IN,
        EventKind.ANSWERED,
    ]
    assert sound(runtime)
    told_of_merged(runtime, main, double, "Opnieuw gebeld.", "els", at(LATER))
    assert seen(runtime, main, when=LATER).dossier.values["te_vertellen"] == 0
    assert sound(runtime)


def test_a_merged_one_that_is_put_back_is_open_and_can_be_taken_apart() -> None:
    runtime = house()
    main, double = pair(runtime)
    copy = copy_of(runtime)
    merged(runtime, main, double)
    assert back(runtime, copy, double).in_line == ["BEU-2026-0001"]
    opened = seen(runtime, double, when=LATER)
    assert not opened.decision.closed
    assert opened.dossier.relations.goes_on_in == main
    assert sound(runtime)
    onward = follow(runtime, double, at(LATER)).onward
    assert onward is not None
    assert onward.merged
    before = dict(opened.dossier.values)
    unmerge(runtime, double, "Toch apart.", "els", at(LATER))
    assert seen(runtime, double, when=LATER).dossier.values == before
    assert seen(runtime, main, when=LATER).dossier.relations.taken_in == {}
    assert sound(runtime)


def test_what_was_taken_apart_since_the_copy_is_apart() -> None:
    runtime = house()
    main, double = pair(runtime)
    before = dict(seen(runtime, double).dossier.values)
    merged(runtime, main, double)
    copy = copy_of(runtime)
    unmerge(runtime, double, "Toch apart.", "els", at(NOW))
    back(runtime, copy, double)
    opened = seen(runtime, double, when=LATER)
    assert opened.dossier.relations.merged is None
    assert opened.dossier.values == before
    assert sound(runtime)
    back(runtime, copy, main)
    assert seen(runtime, main, when=LATER).dossier.relations.owed == 0
    assert seen(runtime, main, when=LATER).dossier.values["te_vertellen"] == 0
    assert sound(runtime)


def test_a_code_still_leads_to_where_it_was_sent_on_and_that_is_once() -> None:
    runtime = house()
    one = told(runtime, "2026-05-04 10:00").dossier
    ready(runtime, one)
    copy = copy_of(runtime)
    wanted = SendWanted(one, "eikenrode", "Het gebeurde daar.", "els")
    there = send_to_department(runtime, wanted, at(NOW)).relations.goes_on_in
    assert back(runtime, copy, one).in_line == ["EIK-2026-0001"]
    assert sound(runtime)
    write_back(runtime, there, "Wij bellen u.", "key-1", at(LATER), "els")
    assert [said.text for said in follow(runtime, one, at(LATER)).conversation] == ["Wij bellen u."]
    assert route_of(runtime, one, at(LATER)).writes == there
    (sent,) = seen(runtime, one, when=LATER).dossier.relations.sent_on
    assert (sent.to, sent.number) == ("WZC Eikenrode", "EIK-2026-0001")
    with pytest.raises(RefusedError) as refused:
        send_to_department(runtime, wanted, at(LATER))
    assert [said.code for said in refused.value.objections] == ["goes-on-elsewhere"]


def test_links_stand_as_the_other_says() -> None:
    runtime = house()
    one, other = pair(runtime)
    copy = copy_of(runtime)
    link(runtime, one, "BEU-2026-0002", "Zelfde kamer.", "els", at(NOW))
    linked = copy_of(runtime)
    back(runtime, copy, one)
    assert seen(runtime, one, when=LATER).dossier.relations.links[other].reason == "Zelfde kamer."
    unlink(runtime, one, other, "Toch niet.", "els", at(LATER))
    back(runtime, linked, other)
    assert seen(runtime, other, when=LATER).dossier.relations.links == {}
    assert sound(runtime)


def test_another_under_an_agreement_that_is_gone_keeps_it_from_nothing() -> None:
    runtime = house()
    main = told(runtime, "2026-05-04 10:00").dossier
    gone = seen(runtime, main).agreement.hash
    publish_change(runtime, renamed, "2026-05-05 07:00")
    double = told(runtime, "2026-05-05 08:00").dossier
    copy = copy_of(runtime)
    link(runtime, double, seen(runtime, main).dossier.number, "Samen.", "els", at(NOW))
    with writing(runtime.store) as register:
        register.tables.delete("agreements", gone)
    assert back(replace(runtime, library=Library()), copy, double).id == double


def test_which_others_say_something_of_it_is_told_before() -> None:
    runtime = house()
    main, double = pair(runtime)
    copy = copy_of(runtime)
    merged(runtime, main, double)
    with pytest.raises(DossierRefusedError) as refused:
        restore_dossier(runtime, copy, main, at(LATER))
    assert refused.value.related == ("BEU-2026-0002",)


def test_a_half_that_is_lost_is_found_and_comes_back() -> None:
    runtime = house()
    main, double = pair(runtime)
    copy = copy_of(runtime)
    with reading(runtime.store) as register:
        before = register.events(main)
    merged(runtime, main, double)
    with writing(runtime.store) as register:
        register.put_back(before, "2026-05-06T09:00:00Z")
    halves = [one for one in verify(runtime.store).findings if one.kind is Kind.HALF]
    assert [(one.key, one.detail) for one in halves] == [(double, "BEU-2026-0001")]
    assert not restore_dossier(runtime, copy, main, at(LATER)).changed
    assert seen(runtime, main, when=LATER).dossier.relations.owed == 1
    assert not [one for one in verify(runtime.store).findings if one.kind is Kind.HALF]
