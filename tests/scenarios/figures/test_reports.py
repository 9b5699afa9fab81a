"""Making a report: what it counts for whom, what is written in it, and that what is kept stays what it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.figures.documents import table_in
from gehoor.core.figures.tables import FigureTable
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.figures.offered_reports import Asked, NoSuchReportError
from gehoor.services.figures.overview import overview
from gehoor.services.figures.report_lists import listed_tables
from gehoor.services.figures.report_records import ReportRecord
from gehoor.services.figures.reports import (
    WrittenMeanwhileError,
    digest_of,
    draft_of,
    draft_size,
    keep_report,
    kept_for_account,
    kept_report,
    names_told,
    offered_reports,
    write_chapter,
)
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import DamagedError
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist_filters import NOBODY
from tests.support.clock import at
from tests.support.de_linde import by, de_linde, fill, open_by_phone, publish_change, staff
from tests.support.figures import with_figures

NOW = at("2026-06-10 12:00")
ASKED = Asked("de-linde", "jaarverslag", 2026)


def agreed(document: dict[str, Any]) -> None:
    with_figures(document)
    document["rights"]["make-reports"] = ["kwaliteitscoordinator", "teamverantwoordelijke"]


@pytest.fixture
def house() -> Runtime:
    """Three complaints of this year, of which one is strict, and one of last year."""
    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, agreed, "2026-01-20 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "koen", "teamverantwoordelijke")
    staff(runtime, "dirk", "algemeen-directeur")
    staff(runtime, "ria", "onthaal")
    open_by_phone(runtime, "2026-05-11 10:00", ontvangstdatum="2025-12-31")
    for day in (12, 13):
        open_by_phone(runtime, f"2026-05-{day} 10:00")
    strict = open_by_phone(runtime, "2026-05-14 10:00").dossier
    fill(runtime, strict, "2026-05-14 11:00", vertrouwelijkheid="streng")
    return runtime


def account(runtime: Runtime, name: str) -> Account:
    with reading_projection(runtime) as register:
        found = register.account(name)
    assert found is not None
    return found


def total(tables: dict[str, FigureTable], title: str) -> int | None:
    (table,) = [one for one in tables.values() if one.title == title]
    assert table.total is not None
    return table.total.total


def drafted(runtime: Runtime, name: str) -> dict[str, FigureTable]:
    return dict(draft_of(runtime, account(runtime, name), NOW, ASKED).reckoned.tables)


def kept_tables(record: ReportRecord) -> dict[str, FigureTable]:
    return {one["id"]: table_in(one) for one in record.tables}


def test_a_draft_counts_what_its_maker_may_see(house: Runtime) -> None:
    assert total(drafted(house, "els"), "Soort bericht") == 3
    assert total(drafted(house, "koen"), "Soort bericht") == 2, "a strict dossier does not exist for them"


def test_what_is_kept_after_the_year_counts_all_whoever_keeps_it(house: Runtime) -> None:
    kept = keep_report(house, account(house, "koen"), at("2027-01-01 00:00"), ASKED)
    assert total(kept_tables(kept), "Soort bericht") == 3
    assert not kept.interim


def test_what_is_kept_while_the_year_runs_tells_its_maker_no_more_than_their_draft(house: Runtime) -> None:
    koen, last_minute = account(house, "koen"), at("2026-12-31 23:59")
    kept = keep_report(house, koen, last_minute, ASKED)
    drafted_then = draft_of(house, koen, last_minute, ASKED).reckoned
    assert kept_tables(kept) == dict(drafted_then.tables)
    assert {one["id"]: table_in(one) for one in kept.before} == dict(drafted_then.before)
    assert total(kept_tables(kept), "Soort bericht") == 2
    assert kept.interim
    assert kept.digest == digest_of(kept) != digest_of(replace(kept, interim=False))


def test_the_year_before_stands_beside_it(house: Runtime) -> None:
    draft = draft_of(house, account(house, "els"), NOW, ASKED)
    before = {one.title: one for one in draft.reckoned.before.values()}["Soort bericht"]
    assert before.total is not None
    assert before.total.total == 1


def test_who_is_not_named_makes_and_reads_none(house: Runtime) -> None:
    assert offered_reports(house, account(house, "ria"), NOW) == ([], [])
    with pytest.raises(NoSuchReportError):
        draft_of(house, account(house, "ria"), NOW, ASKED)
    kept = keep_report(house, account(house, "els"), NOW, ASKED)
    assert kept_for_account(house, account(house, "ria"), NOW) == []
    with pytest.raises(NoSuchReportError):
        kept_report(house, account(house, "koen"), NOW, kept.id)
    assert kept_report(house, account(house, "dirk"), NOW, kept.id) == kept


def test_what_happens_later_changes_nothing_of_what_is_kept(house: Runtime) -> None:
    els = account(house, "els")
    first = keep_report(house, els, NOW, ASKED)
    open_by_phone(house, "2026-06-09 10:00")
    second = keep_report(house, els, NOW, ASKED)
    again = kept_report(house, els, NOW, first.id)
    assert (total(kept_tables(again), "Soort bericht"), total(kept_tables(second), "Soort bericht")) == (3, 4)
    assert again.digest == digest_of(again) != digest_of(replace(again, made_by="koen"))


def test_what_is_written_is_kept_with_it(house: Runtime) -> None:
    els = account(house, "els")
    write_chapter(house, els, NOW, ASKED, ("Alles", "Meer dan vorig jaar.", ""))
    assert draft_of(house, els, NOW, ASKED).record.texts["Alles"]["text"] == "Meer dan vorig jaar."
    assert keep_report(house, els, NOW, ASKED).texts["1"]["text"] == "Meer dan vorig jaar."


def test_two_who_write_in_one_chapter_lose_nothing(house: Runtime) -> None:
    write_chapter(house, account(house, "els"), NOW, ASKED, ("Alles", "Van Els.", ""))
    with pytest.raises(WrittenMeanwhileError) as found:
        write_chapter(house, account(house, "koen"), NOW, ASKED, ("Alles", "Van Koen.", ""))
    assert found.value.theirs == "Van Els."
    write_chapter(house, account(house, "koen"), NOW, ASKED, ("Alles", "Van beiden.", "Van Els."))


NAMED = "Mevrouw Greet Hermans diende drie klachten in, Jan Mertens ook. Klachten gaan over zorg."


def test_a_name_of_a_dossier_in_what_becomes_public_is_told_to_who_may_know_it(house: Runtime) -> None:
    hermans = open_by_phone(house, "2026-05-15 10:00", klager_naam="Hermans", klager_voornaam="Greet").dossier
    fill(house, hermans, "2026-05-15 11:00", vertrouwelijkheid="streng")
    open_by_phone(house, "2026-05-16 10:00", klager_naam="Mertens", klager_voornaam="Jan")
    els = account(house, "els")
    write_chapter(house, els, NOW, ASKED, ("Alles", NAMED, ""))

    def told(name: str) -> dict[str, set[str]]:
        who = account(house, name)
        found = names_told(house, who, NOW, draft_of(house, who, NOW, ASKED))
        return {key: set(names) for key, names in found.items()}

    assert told("els") == {"Alles": {"Greet Hermans", "Jan Mertens"}}
    assert told("koen") == {"Alles": {"Jan Mertens"}}, "the other dossier does not exist for him"


@pytest.mark.parametrize(
    ("first", "last", "typed"),
    [
        ("Jan", "Bos", "Jan Bos"),
        ("An", "De Wit", "An De Wit"),
        ("Thi", "Vu", "Thi Vu"),
        ("greet", "hermans", "greet hermans"),
        ("Zoë", "Maes", "zoe maes"),
        ("Jan", "Bos", "Bos, Jan"),
    ],
)
def test_a_whole_name_is_found_however_short_it_is_and_however_it_is_typed(
    house: Runtime, first: str, last: str, typed: str
) -> None:
    open_by_phone(house, "2026-05-15 10:00", klager_naam=last, klager_voornaam=first)
    assert told_in(house, f"Wij hoorden dat {typed} gelijk kreeg.") == {"Alles": (f"{first} {last}",)}


def test_a_name_of_many_is_found_where_it_is_that_of_one(house: Runtime) -> None:
    open_by_phone(house, "2026-05-15 10:00", klager_naam="Peeters", klager_voornaam="Greet")
    for _ in range(45):
        open_by_phone(house, "2026-05-16 10:00", klager_naam="Peeters", klager_voornaam="Jan")
    assert "Greet Peeters" in told_in(house, "Mevrouw Greet Peeters kreeg gelijk.")["Alles"]


@pytest.mark.parametrize("text", ["De bos is dicht. Jan belde.", "An kreeg gelijk, de wit ook."])
def test_a_short_word_alone_is_no_name(house: Runtime, text: str) -> None:
    open_by_phone(house, "2026-05-15 10:00", klager_naam="Bos", klager_voornaam="Jan")
    open_by_phone(house, "2026-05-15 10:00", klager_naam="De Wit", klager_voornaam="An")
    assert told_in(house, text) == {}


def told_in(house: Runtime, text: str) -> dict[str, tuple[str, ...]]:
    """Return the names that are told of a text in a public chapter."""
    els = account(house, "els")
    write_chapter(house, els, NOW, ASKED, ("Alles", text, ""))
    return names_told(house, els, NOW, draft_of(house, els, NOW, ASKED))


def test_no_name_is_found_in_words_that_are_no_names(house: Runtime) -> None:
    els = account(house, "els")
    write_chapter(house, els, NOW, ASKED, ("Alles", "Klachten over de zorg. Wij belden sneller terug.", ""))
    assert names_told(house, els, NOW, draft_of(house, els, NOW, ASKED)) == {}


def test_nothing_is_written_where_nothing_is_asked(house: Runtime) -> None:
    with pytest.raises(NoSuchReportError):
        write_chapter(house, account(house, "els"), NOW, ASKED, ("Iets anders", "x", ""))


def test_a_department_that_agreed_otherwise_makes_its_own(house: Runtime) -> None:
    def other(document: dict[str, Any]) -> None:
        agreed(document)
        report = document["reports"]["jaarverslag"]
        document["reports"] = {"jaarverslag": {**report, "least": 9}}

    publish_change(house, other, "2026-02-01 10:00", "eikenrode")
    staff(house, "els", "de-linde/*:kwaliteitscoordinator")
    offered, _read = offered_reports(house, account(house, "els"), NOW)
    assert [list(one.departments) for one in offered] == [["de-linde/beukenhof"], ["de-linde/eikenrode"]]


def test_a_report_that_is_gone_is_told_and_keeps_no_other(house: Runtime) -> None:
    els = account(house, "els")
    kept = keep_report(house, els, NOW, ASKED)
    with pytest.raises((NoSuchReportError, DamagedError)):
        kept_report(house, els, NOW, f"{kept.id}x")


def test_who_handles_a_dossier_counts_it_in_the_overview(house: Runtime) -> None:
    els = account(house, "els")
    with reading_projection(house) as register:
        first = register.tables.select("dossiers", where={"number": "BEU-2026-0001"})[0]["id"]
    assign(house, Assigning(first, "koen", by(house, "els")), NOW)
    koen, nobody = overview(house, els, NOW).by_handler
    assert (koen.key, next(one.number for one in koen.counts)) == ("koen", 1)
    assert nobody.key == NOBODY


def test_who_only_reads_sees_how_it_stands_now_and_its_public_version(house: Runtime) -> None:
    dirk = account(house, "dirk")
    made, read = offered_reports(house, dirk, NOW)
    assert (made, [one.report.id for one in read]) == ([], ["jaarverslag"])
    draft = draft_of(house, dirk, NOW, ASKED)
    assert total(dict(draft.reckoned.tables), "Soort bericht") == 3
    assert not draft.may_make
    (public,) = [one for one in draft.public() if one.title == "Soort bericht"]
    assert public.total is not None
    assert public.total.total is None, "three is too few"
    for does in (
        lambda: write_chapter(house, dirk, NOW, ASKED, ("Alles", "x", "")),
        lambda: keep_report(house, dirk, NOW, ASKED),
    ):
        with pytest.raises(NoSuchReportError):
            does()


def test_a_reader_of_a_draft_counts_what_exists_for_them(house: Runtime) -> None:
    about = open_by_phone(house, "2026-05-15 10:00").dossier
    fill(house, about, "2026-05-15 11:00", actor="els", belangenconflict=["dirk"])
    assert total(drafted(house, "dirk"), "Soort bericht") == 3
    assert total(drafted(house, "els"), "Soort bericht") == 4


def test_what_is_kept_keeps_the_year_before_beside_it(house: Runtime) -> None:
    kept = keep_report(house, account(house, "els"), NOW, ASKED)
    open_by_phone(house, "2026-06-09 10:00", ontvangstdatum="2025-12-30")
    again = kept_report(house, account(house, "els"), NOW, kept.id)
    before = {one["id"]: table_in(one) for one in again.before}
    assert total(before, "Soort bericht") == 1
    assert again.digest == digest_of(again)


def test_the_figures_of_a_kept_report_have_lists_while_they_are_agreed_as_they_were(house: Runtime) -> None:
    els = account(house, "els")
    kept = keep_report(house, els, NOW, ASKED)
    tables = set(kept_tables(kept))
    assert listed_tables(house, els, NOW, kept) == tables
    assert listed_tables(house, account(house, "ria"), NOW, kept) == set()

    def other(document: dict[str, Any]) -> None:
        agreed(document)
        chapter = document["reports"]["jaarverslag"]["chapters"][0]
        first, *rest = chapter["figures"]
        figures = [{**first, "name": "In en uit"}, {**rest[0], "if": {"type_bericht": "klacht"}}, *rest[1:]]
        chapters = [{**chapter, "figures": figures}]
        document["reports"] = {"jaarverslag": {**document["reports"]["jaarverslag"], "chapters": chapters}}

    publish_change(house, other, "2026-06-09 10:00")
    assert listed_tables(house, els, NOW, kept) == tables - {"1.2"}


def test_drafts_of_other_departments_are_apart(house: Runtime) -> None:
    publish_change(house, agreed, "2026-02-01 10:00", "eikenrode")
    staff(house, "els", "de-linde/*:kwaliteitscoordinator")
    els = account(house, "els")
    both = ("de-linde/beukenhof", "de-linde/eikenrode")
    for chosen in ((), both[:1], both[1:]):
        write_chapter(house, els, NOW, replace(ASKED, departments=chosen), ("Alles", f"Van {chosen}.", ""))
    texts = [
        draft_of(house, els, NOW, replace(ASKED, departments=chosen)).record.texts["Alles"]["text"]
        for chosen in ((), both, both[::-1], both[:1], both[1:])
    ]
    assert texts == ["Van ().", "Van ().", "Van ().", f"Van {both[:1]}.", f"Van {both[1:]}."]


def test_public_figures_are_of_all_departments_together_that_agreed(house: Runtime) -> None:
    """Of one department they would tell, beside those of both, what is hidden in the other."""
    publish_change(house, agreed, "2026-02-01 10:00", "eikenrode")
    staff(house, "els", "de-linde/*:kwaliteitscoordinator")
    els, koen = account(house, "els"), account(house, "koen")
    alone = replace(ASKED, departments=("de-linde/beukenhof",))
    assert draft_of(house, els, NOW, ASKED).public()
    assert draft_of(house, els, NOW, alone).public() == []
    assert keep_report(house, els, NOW, alone).public == ()
    assert draft_of(house, koen, NOW, ASKED).public() == [], "who leads one department has no other rule"


def elsewhere(runtime: Runtime, name: str, asked: Asked) -> list[tuple[list[str], list[str], bool]]:
    """What is shown of drafts of other departments: of which, what, and whether they open."""
    draft = draft_of(runtime, account(runtime, name), NOW, asked)
    return [(list(one.departments), list(one.texts.values()), one.opens) for one in draft.others]


def test_what_was_written_before_another_department_joined_is_shown_beside_the_new_draft(
    house: Runtime,
) -> None:
    staff(house, "els", "de-linde/*:kwaliteitscoordinator")
    els = account(house, "els")
    write_chapter(house, els, NOW, ASKED, ("Alles", "Drie dagen werk.", ""))
    assert elsewhere(house, "els", ASKED) == []
    publish_change(house, agreed, "2026-06-09 10:00", "eikenrode")
    assert draft_of(house, els, NOW, ASKED).record.texts == {}
    assert elsewhere(house, "els", ASKED) == [(["de-linde/beukenhof"], ["Drie dagen werk."], True)]
    write_chapter(house, els, NOW, ASKED, ("Alles", "Drie dagen werk.", ""))
    assert elsewhere(house, "els", ASKED) == [], "it was taken over"


def test_what_was_written_for_departments_that_no_longer_share_a_report_is_still_shown(
    house: Runtime,
) -> None:
    publish_change(house, agreed, "2026-02-01 10:00", "eikenrode")
    staff(house, "els", "de-linde/*:kwaliteitscoordinator")
    write_chapter(house, account(house, "els"), NOW, ASKED, ("Alles", "Van beide.", ""))

    def other(document: dict[str, Any]) -> None:
        agreed(document)
        document["reports"] = {"jaarverslag": {**document["reports"]["jaarverslag"], "least": 9}}

    publish_change(house, other, "2026-06-09 10:00", "eikenrode")
    both = ["de-linde/beukenhof", "de-linde/eikenrode"]
    for department in both:
        asked = replace(ASKED, departments=(department,))
        assert elsewhere(house, "els", asked) == [(both, ["Van beide."], False)]


def test_what_is_written_for_departments_that_one_does_not_lead_is_not_shown(house: Runtime) -> None:
    publish_change(house, agreed, "2026-02-01 10:00", "eikenrode")
    staff(house, "ine", "de-linde/*:kwaliteitscoordinator")
    write_chapter(house, account(house, "ine"), NOW, ASKED, ("Alles", "Van beide.", ""))
    assert elsewhere(house, "els", ASKED) == []


def test_each_chapter_has_room_to_write_unless_the_file_says_not(house: Runtime) -> None:
    def other(document: dict[str, Any]) -> None:
        agreed(document)
        figures = [{"name": "Soort", "per": "type_bericht"}]
        chapters = [
            {"name": "Vrij", "figures": figures},
            {"name": "Dicht", "asks": False, "figures": figures},
        ]
        document["reports"] = {"jaarverslag": {**document["reports"]["jaarverslag"], "chapters": chapters}}

    publish_change(house, other, "2026-06-09 10:00")
    els = account(house, "els")
    write_chapter(house, els, NOW, ASKED, ("Vrij", "Wat opvalt.", ""))
    with pytest.raises(NoSuchReportError):
        write_chapter(house, els, NOW, ASKED, ("Dicht", "Wat opvalt.", ""))


def test_a_year_in_which_nothing_counts_says_so(house: Runtime) -> None:
    els = account(house, "els")
    assert draft_of(house, els, NOW, replace(ASKED, year=1999)).is_empty
    assert not draft_of(house, els, NOW, ASKED).is_empty
    assert draft_size(house, els, NOW, ASKED)[1] >= 4


@pytest.mark.parametrize("asked", [{"per": "department"}, {"per": "type_bericht"}, {"per": "feiten_van"}])
def test_a_table_by_an_answer_that_nobody_gave_keeps_no_report_from_being_made(asked: dict[str, str]) -> None:
    """Of a day or a number nobody knows before which columns there are."""

    def with_days(document: dict[str, Any]) -> None:
        with_figures(document)
        figures = [{"name": "Dagen", "and-per": "feiten_tot", **asked}]
        one = {**document["reports"]["jaarverslag"], "chapters": [{"name": "Alles", "figures": figures}]}
        document["reports"] = {"jaarverslag": one}

    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, with_days, "2026-01-20 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    els = account(runtime, "els")
    draft = draft_of(runtime, els, NOW, ASKED)
    for table in (*draft.reckoned.tables.values(), *draft.public()):
        assert table.total is not None
        assert len(table.columns) == len(table.total.counts) == 1
        assert all(line.counts == (0,) for line in (*table.lines, table.total))
    assert keep_report(runtime, els, NOW, ASKED).public
    open_by_phone(runtime, "2026-05-12 10:00", feiten_van="2026-05-10", feiten_tot="2026-05-11")
    keys = [[one.key for one in each.columns] for each in drafted(runtime, "els").values()]
    assert keys == [["2026-05-11"]]
