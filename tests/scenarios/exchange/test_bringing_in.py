"""A register that was kept elsewhere is brought in: once, with its own numbers and days, and nobody is bothered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from gehoor.adapters.sheets.limits import SheetRefusedError
from gehoor.adapters.sheets.reading import read_sheet
from gehoor.core.dossier.events import EventKind, instant_text
from gehoor.core.exchange.cells import Sheet
from gehoor.core.exchange.register_mapping import ColumnRule, RegisterMapping
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.exchange import bringing_in
from gehoor.services.exchange.bringing_in import RowResult, State, bring_in, judge
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.hook_records import save_hooks
from gehoor.services.ports.hooks import Hook, HookEvent
from gehoor.services.projection.projection import project_pending
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import agreement, de_linde, fill, open_by_phone, publish_change, staff

NOW = at("2026-06-01 09:00")
BY = Operator.on_behalf_of("Jan")
MAPPING = RegisterMapping(
    "de-linde",
    "Klachtenregister 2019",
    "Nr",
    (
        ColumnRule("ontvangstdatum", "Ontvangen"),
        ColumnRule("uiteenzetting", "Klacht"),
        ColumnRule("type_bericht", preset="klacht"),
        ColumnRule("anoniem", preset="nee"),
        ColumnRule("klager_naam", "Naam"),
        ColumnRule("klager_email", "E-mail"),
        ColumnRule("ernst", "Ernst"),
        ColumnRule("gegrondheid", "Oordeel", values={"deels": "deels_gegrond"}),
        ColumnRule("antwoord_datum", "Antwoord"),
        ColumnRule("afgesloten_op", "Gesloten"),
    ),
    department="beukenhof",
    number="Nr",
    empty=("-",),
)
HEAD = "Nr;Ontvangen;Klacht;Naam;E-mail;Ernst;Oordeel;Antwoord;Gesloten"
ENDED = "BEU-2019-0007;4/2/2019;Het eten was koud.;Mia Peeters;mia@voorbeeld.be;5;deels;20/6/2019;1/7/2019"
"""Its answer came far too late, and it was serious."""


def sheet(*rows: str, head: str = HEAD) -> Sheet:
    return read_sheet("\n".join((head, *rows)).encode())


@pytest.fixture
def runtime() -> Runtime:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    for role in ("kwaliteitscoordinator", "algemeen-directeur"):
        staff(runtime, role[:5], role)
    return runtime


def brought(runtime: Runtime, *rows: str, head: str = HEAD, **changes: Any) -> list[RowResult]:
    return bring_in(runtime, replace(MAPPING, **changes), sheet(*rows, head=head), BY, NOW)


def kinds(runtime: Runtime, dossier: str) -> list[EventKind]:
    with reading(runtime.store) as register:
        return [one.kind for one in register.events(dossier)]


def messages(runtime: Runtime) -> list[Any]:
    with reading(runtime.store) as register:
        return register.tables.select("messages")


def counted(runtime: Runtime) -> int:
    with reading(runtime.store) as register:
        return register.tables.count("events", where={"sequence": 1})


def said(result: RowResult) -> list[tuple[str, str]]:
    return [
        *((one.column, one.code) for one in result.faults),
        *((one.field, one.code) for one in result.objections),
    ]


def test_a_dossier_that_ended_keeps_its_number_its_days_and_its_outcome(runtime: Runtime) -> None:
    (result,) = brought(runtime, ENDED)
    project_pending(runtime)
    with reading(runtime.store) as register:
        summary = register.summary(result.dossier)
    assert summary is not None
    assert (summary.number, summary.received, summary.closed, summary.judgement) == (
        "BEU-2019-0007", "2019-02-04", True, "deels_gegrond",
    )  # fmt: skip
    assert summary.closed_at == "2019-07-01"
    assert summary.terms_missed == 1


def test_nobody_is_bothered_by_what_was_over_before_it_came(runtime: Runtime) -> None:
    (result,) = brought(runtime, ENDED)
    sweep(runtime, NOW)
    sweep(runtime, at("2026-07-01 09:00"))
    assert kinds(runtime, result.dossier) == [EventKind.OPENED, EventKind.BROUGHT_IN]
    assert messages(runtime) == []


def test_no_program_hears_of_what_was_over_and_each_hears_of_what_goes_on(runtime: Runtime) -> None:
    with writing(runtime.store) as register:
        hook = Hook(
            "h1", "de-linde", "Portaal", "https://a.example", tuple(HookEvent), "x", "els", instant_text(NOW)
        )
        save_hooks(register, [hook])
    brought(runtime, ENDED)
    assert messages(runtime) == []
    open_by_phone(runtime, "2026-05-12 14:00")
    assert [one["hook"] for one in messages(runtime)] == ["h1"]


def test_its_history_says_from_where_it_came_and_what_was_never_filled_in_there(runtime: Runtime) -> None:
    (result,) = brought(runtime, ENDED)
    with reading(runtime.store) as register:
        opened, event = register.events(result.dossier)
    text = DUTCH.events.by_kind[event.kind](agreement(), event.data)
    assert text.what == "Ingebracht uit Klachtenregister 2019"
    assert dict(text.details)["Hoe het daar heette"] == "BEU-2019-0007"
    assert "Verontschuldiging" in dict(text.details)["Niet ingevuld in de bron"]
    assert (opened.at, opened.actor, opened.data["follow_up"]) == (NOW, "beheerder: Jan", False)


def test_what_goes_on_has_to_have_what_every_dossier_has(runtime: Runtime) -> None:
    running = ENDED.replace(";20/6/2019;1/7/2019", ";;").replace(";5;deels;", ";;;")
    (result,) = brought(runtime, running)
    assert result.state is State.WRONG
    assert {code for _, code in said(result)} <= {"required", "required-choice"}
    assert counted(runtime) == 0


def test_what_goes_on_runs_as_every_dossier_does(runtime: Runtime) -> None:
    more = (
        ColumnRule("onderwerp", preset="Eten"),
        ColumnRule("drager", preset="brief"),
        ColumnRule("indieningsvorm", preset="schriftelijk"),
    )
    row = "X1;25/5/2026;Het eten was koud.;Mia Peeters;mia@voorbeeld.be;;;;"
    (result,) = brought(runtime, row, fields=(*MAPPING.fields, *more))
    assert result.state is State.NEW
    sweep(runtime, at("2026-06-20 09:00"))
    assert EventKind.DEADLINE_MISSED in kinds(runtime, result.dossier)


def test_where_one_row_is_wrong_none_is_kept(runtime: Runtime) -> None:
    results = brought(runtime, ENDED, ENDED.replace("0007", "0008").replace("deels", "misschien"))
    assert [one.state for one in results] == [State.NEW, State.WRONG]
    assert said(results[1]) == [("Oordeel", "unknown-value")]
    assert counted(runtime) == 0


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (ENDED.replace("4/2/2019", "31/2/2019"), ("ontvangstdatum", "unreadable")),
        (ENDED.replace("4/2/2019", ""), ("ontvangstdatum", "required")),
        (ENDED.replace("1/7/2019", "1/7/2030"), ("afgesloten_op", "in-future")),
        (ENDED.replace("1/7/2019", "1/5/2019"), ("afgesloten_op", "closes-too-early")),
        (ENDED.replace("20/6/2019", "20/1/2019"), ("antwoord_datum", "before-receipt")),
        (ENDED.replace("mia@voorbeeld.be", "mia"), ("klager_email", "form-format")),
        (ENDED.replace(";5;", ";9;"), ("ernst", "form-maximum")),
        (ENDED.replace("BEU-2019-0007", ""), ("Nr", "missing")),
        (ENDED.replace("BEU-2019-0007", "../../x"), ("Nr", "number-signs")),
        (ENDED.replace("BEU-2019-0007", "x" * 200), ("Nr", "long")),
    ],
)
def test_what_is_wrong_is_told_at_its_column(runtime: Runtime, row: str, fault: tuple[str, str]) -> None:
    (result,) = judge(runtime, MAPPING, sheet(row), BY, NOW)
    assert result.state is State.WRONG
    assert fault in said(result)


def test_a_number_that_a_sheet_made_a_day_of_is_told(runtime: Runtime) -> None:
    (row,) = sheet(ENDED).rows
    made = replace(row, cells={**row.cells, "Nr": datetime(2019, 3, 1)})  # noqa: DTZ001 - sheets know no zone
    (result,) = judge(runtime, MAPPING, replace(sheet(ENDED), rows=(made,)), BY, NOW)
    assert ("Nr", "day") in said(result)


def test_two_rows_of_one_key_are_told(runtime: Runtime) -> None:
    results = brought(runtime, ENDED, ENDED.replace("BEU", "beu"))
    assert said(results[1]) == [("Nr", "twice"), ("Nr", "twice")]


def test_a_number_that_a_dossier_has_already_is_not_given_again(runtime: Runtime) -> None:
    number = open_by_phone(runtime, "2026-05-12 14:00").number
    (result,) = brought(runtime, ENDED.replace("BEU-2019-0007", number))
    assert said(result) == [("", "number-taken")]


def test_what_another_brings_in_at_the_same_time_is_there_and_not_new(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = bringing_in.open_dossiers

    def meanwhile(*asked: Any) -> Any:
        monkeypatch.setattr(bringing_in, "open_dossiers", write)
        assert [one.state for one in brought(runtime, ENDED)] == [State.NEW]
        return write(*asked)

    monkeypatch.setattr(bringing_in, "open_dossiers", meanwhile)
    (late,) = brought(runtime, ENDED)
    assert (late.state, late.number, bool(late.dossier)) == (State.THERE, "BEU-2019-0007", True)


def test_doing_it_twice_brings_in_nothing_more(runtime: Runtime) -> None:
    (first,) = brought(runtime, ENDED)
    (second,) = brought(runtime, ENDED)
    assert (second.state, second.number, second.dossier) == (State.THERE, first.number, first.dossier)
    assert not second.changed
    assert counted(runtime) == 1


@pytest.mark.parametrize(
    ("there", "now"),
    [
        ("koud", "lauw"),
        ("Mia Peeters", ""),
        ("20/6/2019", "21/6/2019"),
        ("deels", "gegrond"),
    ],
)
def test_what_was_brought_in_and_stands_otherwise_in_the_file_since_is_told_and_changes_nothing(
    runtime: Runtime, there: str, now: str
) -> None:
    (first,) = brought(runtime, ENDED)
    (tried,) = judge(runtime, MAPPING, sheet(ENDED.replace(there, now)), BY, NOW)
    (second,) = brought(runtime, ENDED.replace(there, now))
    assert (second.state, second.dossier, second.changed, tried.changed) == (
        State.THERE, first.dossier, True, True,
    )  # fmt: skip
    assert kinds(runtime, first.dossier) == [EventKind.OPENED, EventKind.BROUGHT_IN]


def test_another_number_or_department_of_what_was_brought_in_is_told_too(runtime: Runtime) -> None:
    brought(runtime, f"{ENDED};1", head=f"{HEAD};Sleutel", key="Sleutel")
    renumbered = f"{ENDED.replace('BEU-2019-0007', 'BEU-2019-0008')};1"
    (result,) = brought(runtime, renumbered, head=f"{HEAD};Sleutel", key="Sleutel")
    assert (result.state, result.changed) == (State.THERE, True)
    (result,) = brought(runtime, f"{ENDED};1", head=f"{HEAD};Sleutel", key="Sleutel", department="eikenrode")
    assert (result.state, result.changed) == (State.THERE, True)


def test_what_people_changed_here_since_was_not_changed_in_the_file(runtime: Runtime) -> None:
    more = (
        ColumnRule("onderwerp", preset="Eten"),
        ColumnRule("drager", preset="brief"),
        ColumnRule("indieningsvorm", preset="schriftelijk"),
    )
    row = "X1;25/5/2026;Het eten was koud.;Mia Peeters;mia@voorbeeld.be;;;;"
    (first,) = brought(runtime, row, fields=(*MAPPING.fields, *more))
    fill(runtime, first.dossier, "2026-06-02 09:00", uiteenzetting="De soep was koud.")
    publish_change(runtime, lambda document: document.update(languages=["nl"]), "2026-06-03 09:00")
    (second,) = brought(runtime, row, fields=(*MAPPING.fields, *more))
    assert (second.state, second.changed) == (State.THERE, False)


def test_the_same_number_in_two_registers_is_two_dossiers_whatever_signs_are_in_their_names(
    runtime: Runtime,
) -> None:
    (first,) = brought(runtime, ENDED.replace("BEU-2019-0007", "B/C"), number="", source="Klachten")
    (second,) = brought(runtime, ENDED.replace("BEU-2019-0007", "C"), number="", source="Klachten/B")
    assert (first.state, second.state) == (State.NEW, State.NEW)
    assert counted(runtime) == 2


def test_a_number_that_was_given_while_others_were_written_is_told_at_its_row_and_the_others_are_kept(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing_in, "_AT_ONCE", 1)
    rows = [ENDED.replace("BEU-2019-0007", one) for one in ("X1", "BEU-2026-0001", "X2")]
    came = []

    def somebody_phones(_: int) -> None:
        if not came:
            came.append(open_by_phone(runtime, "2026-05-12 14:00"))

    first, second, third = bring_in(runtime, MAPPING, sheet(*rows), BY, NOW, somebody_phones)
    assert (second.state, second.dossier, said(second)) == (State.WRONG, "", [("", "number-taken")])
    assert [bool(one.dossier) for one in (first, third)] == [True, True]


def test_what_broke_off_half_way_is_gone_on_with(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [ENDED.replace("0007", f"{number:04}") for number in range(1, 6)]
    monkeypatch.setattr(bringing_in, "_AT_ONCE", 2)

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(runtime, MAPPING, sheet(*rows), BY, NOW, stop)
    assert counted(runtime) == 2
    results = brought(runtime, *rows)
    assert [one.state for one in results] == [State.THERE] * 2 + [State.NEW] * 3
    assert counted(runtime) == 5


def test_what_nobody_is_asked_with_these_answers_is_told_and_never_lost_unseen(runtime: Runtime) -> None:
    anonymous = replace(
        MAPPING,
        fields=tuple(replace(one, preset="ja") if one.into == "anoniem" else one for one in MAPPING.fields),
    )
    (result,) = judge(runtime, anonymous, sheet(ENDED), BY, NOW)
    assert set(result.left) == {"klager_naam", "klager_email"}


def test_trying_keeps_nothing(runtime: Runtime) -> None:
    with reading(runtime.store) as register:
        before = register.tables.count("dossiers"), register.tables.count("counters")
    (result,) = judge(runtime, MAPPING, sheet(ENDED), BY, NOW)
    assert (result.state, result.closed) == (State.NEW, True)
    assert "verontschuldiging" in result.lacking
    with reading(runtime.store) as register:
        assert (register.tables.count("dossiers"), register.tables.count("counters")) == before
    assert counted(runtime) == 0


def test_a_series_goes_on_after_the_numbers_that_came(runtime: Runtime) -> None:
    brought(runtime, ENDED.replace("BEU-2019-0007", "BEU-2026-0042"))
    assert open_by_phone(runtime, "2026-05-12 14:00").number == "BEU-2026-0043"


@pytest.mark.parametrize(
    "number",
    [
        "BEU-2026-9999999999999999999999999999",
        "BEU-2026-999999999",
        "BEU-2026-20260007",
        "EIK-2027-999999999",
    ],
)
def test_a_number_so_far_on_that_no_series_was_ever_there_is_told_at_its_row(
    runtime: Runtime, number: str
) -> None:
    first, second = brought(runtime, ENDED, ENDED.replace("BEU-2019-0007", number))
    assert (first.state, second.state, said(second)) == (State.NEW, State.WRONG, [("Nr", "number-far")])
    assert open_by_phone(runtime, "2026-05-12 14:00").number == "BEU-2026-0001"


def test_a_number_of_a_register_elsewhere_may_be_as_long_as_it_is_there(runtime: Runtime) -> None:
    number = "2026/0000000000000000000000000001"
    (result,) = brought(runtime, ENDED.replace("BEU-2019-0007", number))
    assert (result.state, result.number) == (State.NEW, number)


def test_a_number_that_was_let_in_before_though_no_series_has_it_keeps_nobody_from_registering(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing_in, "is_too_far", lambda *_: False)
    number = "BEU-2027-9999999999999999999999999999"
    (result,) = brought(runtime, ENDED.replace("BEU-2019-0007", number))
    assert result.number == number
    assert open_by_phone(runtime, "2027-01-04 14:00").number == "BEU-2027-0001"


def test_without_a_column_for_it_each_gets_the_next_number_of_its_own_year(runtime: Runtime) -> None:
    results = brought(runtime, ENDED, ENDED.replace("0007", "0008"), number="")
    assert [one.number for one in results] == ["BEU-2019-0001", "BEU-2019-0002"]


def test_a_column_may_say_of_which_department_a_row_is(runtime: Runtime) -> None:
    mapping = replace(
        MAPPING,
        department="",
        departments=ColumnRule("department", "Huis", values={"De Eik": "eikenrode", "Beuk": "beukenhof"}),
    )
    rows = [
        f"{ENDED};De eik",
        f"{ENDED.replace('0007', '0008')};beuk",
        f"{ENDED.replace('0007', '0009')};Elders",
    ]
    results = judge(runtime, mapping, sheet(*rows, head=f"{HEAD};Huis"), BY, NOW)
    assert [one.agreement.department if one.agreement else "" for one in results] == [
        "eikenrode",
        "beukenhof",
        "",
    ]
    assert said(results[2]) == [("Huis", "unknown-value")]


LAST_HEAD = "Nr;Ontvangen;Naam;E-mail;Ernst;Oordeel;Antwoord;Gesloten;Klacht"


def with_words_last(number: str, words: str) -> str:
    return f"{number};4/2/2019;Mia Peeters;mia@voorbeeld.be;5;deels;20/6/2019;1/7/2019;{words}"


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ('"Onbeleefd, zei zij.', "lauw", "quotes"),
        ('"Onbeleefd', '"koud"', "quotes"),
        ('"Onbeleefd', 'lauw"', "swallowed"),
        ('"Onbeleefd" zei zij', "lauw", "quotes"),
    ],
)
def test_a_quote_too_many_takes_no_other_complaint_in(first: str, last: str, why: str) -> None:
    rows = [with_words_last("A1", "warm"), with_words_last("A2", first)]
    with pytest.raises(SheetRefusedError) as refused:
        sheet(*rows, with_words_last("A3", "Mijn zoon is ziek."), with_words_last("A4", last), head=LAST_HEAD)
    assert (refused.value.code, refused.value.details) == (why, {"line": 3})


def test_what_a_complainant_wrote_in_many_lines_with_quotes_comes_as_it_was(runtime: Runtime) -> None:
    words = 'Geachte,\n\nZij zei "ga weg", hard, en koud; meer niet.\nDat kost 2,50.\n\nMia'
    quoted = words.replace('"', '""')
    (result,) = bring_in(
        runtime, MAPPING, sheet(with_words_last("A1", f'"{quoted}"'), head=LAST_HEAD), BY, NOW
    )
    with reading(runtime.store) as register:
        assert register.dossier(result.dossier).values["uiteenzetting"] == words


def test_what_was_brought_in_is_verified_and_anonymised_as_every_dossier_is(runtime: Runtime) -> None:
    from gehoor.services.maintenance.verify import verify

    brought(runtime, ENDED)
    project_pending(runtime)
    assert verify(runtime.store).findings == []


def test_no_text_of_a_sheet_steers_or_asks_anything(runtime: Runtime) -> None:
    (result,) = brought(
        runtime, ENDED.replace("BEU-2019-0007", "A\u202e1").replace("Het eten", "'=cmd|x Het eten")
    )
    with reading(runtime.store) as register:
        dossier = register.dossier(result.dossier)
    assert dossier.number == "A1"
    assert str(dossier.values["uiteenzetting"]).startswith("=cmd")
