"""A report that is kept can be approved or withdrawn; what it says, and its hash, stay as they were."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.services.figures.offered_reports import Asked, NoSuchReportError
from gehoor.services.figures.report_records import ReportRecord
from gehoor.services.figures.report_standing import WithdrawnError, note_approval, withdraw_report
from gehoor.services.figures.reports import digest_of, keep_report, kept_report, superseding, write_chapter
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import open_by_phone, publish_change, staff
from tests.support.figures import with_figures
from tests.support.pages import Page, page_faults
from tests.support.site import Site, new_site

LIST = "/medewerker/verslagen/"
DRAFT = "/medewerker/verslagen/de-linde/jaarverslag/2026"
ASKED = Asked("de-linde", "jaarverslag", 2026)
NOW = at("2026-06-10 12:00")
BOARD = "de raad van bestuur"
ON = date(2026, 6, 9)
WHY = "De klachten van mei stonden er dubbel in."


@pytest.fixture
def site() -> Site:
    """Eight complaints of May, and a quality coordinator."""
    found = new_site("2026-06-10 12:00")
    publish_change(found.runtime, with_figures, "2026-02-02 10:00")
    for number in range(11, 19):
        open_by_phone(found.runtime, f"2026-05-{number} 10:00")
    staff(found.runtime, "els", "kwaliteitscoordinator")
    return found


@pytest.fixture
def record(site: Site) -> ReportRecord:
    """A report that is kept."""
    return keep_report(site.runtime, account(site.runtime, "els"), NOW, ASKED)


def account(runtime: Runtime, name: str) -> Account:
    with reading_projection(runtime) as register:
        found = register.account(name)
    assert found is not None
    return found


def place(record: ReportRecord) -> str:
    return f"{LIST}vastgelegd/{record.id}"


def said(site: Site, record: ReportRecord, what: str, **typed: str) -> Page:
    els = site.staff("els", "kwaliteitscoordinator")
    page = els.page(place(record))
    form = next(one for one in page.all("form") if one.attributes.get("action", "").endswith(what))
    answer = els.post(f"{place(record)}/{what}", {**dict(page.form_data(form)), **typed})
    return Page(els.get(answer.location).text) if answer.status_code == 303 else Page(answer.text)


def test_who_approved_a_report_stands_in_both_versions_and_their_files(
    site: Site, record: ReportRecord
) -> None:
    page = said(site, record, "goedgekeurd", **{"goedgekeurd-door": "De raad van bestuur"}, dag="2026-06-09")
    sentence = "Goedgekeurd op dinsdag 9 juni 2026 door De raad van bestuur."
    els = site.staff("els", "kwaliteitscoordinator")
    assert sentence in page.text
    assert sentence in els.get(f"{place(record)}?versie=openbaar").text
    assert sentence in els.get(f"{place(record)}/verslag.csv?versie=openbaar").text
    assert "goedgekeurd door De raad van bestuur" in els.get(LIST).text
    assert page_faults(page) == []


def test_what_a_report_says_and_its_hash_stay_when_it_is_approved_and_withdrawn(
    site: Site, record: ReportRecord
) -> None:
    els = account(site.runtime, "els")
    note_approval(site.runtime, els, NOW, record.id, (BOARD, ON))
    after = withdraw_report(site.runtime, els, NOW, record.id, WHY)
    assert (after.digest, digest_of(after)) == (record.digest, record.digest)
    assert (after.approval["who"], after.withdrawal["why"]) == (BOARD, WHY)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"goedgekeurd-door": "", "dag": "2026-06-09"}, "Zeg wie het verslag goedkeurde."),
        ({"goedgekeurd-door": BOARD, "dag": "gisteren"}, "Kies de dag waarop het goedgekeurd is."),
        ({"goedgekeurd-door": BOARD, "dag": "2026-06-11"}, "Deze dag moet nog komen."),
    ],
    ids=["nobody", "no day", "a day to come"],
)
def test_an_approval_that_says_too_little_is_told_beside_what_was_typed(
    site: Site, record: ReportRecord, typed: dict[str, str], told: str
) -> None:
    page = said(site, record, "goedgekeurd", **typed)
    assert told in page.text
    assert page.one("input", id="goedgekeurd-door").attributes["value"] == typed["goedgekeurd-door"]
    assert page.one("title").text.startswith("Fout: ")
    assert page_faults(page) == []
    assert not kept_report(site.runtime, account(site.runtime, "els"), NOW, record.id).approval


def test_a_withdrawn_report_says_so_everywhere_and_why_only_to_its_own_people(
    site: Site, record: ReportRecord
) -> None:
    page = said(site, record, "intrekken", waarom=WHY)
    els = site.staff("els", "kwaliteitscoordinator")
    public = els.get(f"{place(record)}/verslag.csv?versie=openbaar").text
    assert "(ingetrokken)" in page.one("h1").text
    assert WHY in page.text
    assert "Ingetrokken op " in public
    assert WHY not in public
    assert WHY in els.get(f"{place(record)}/verslag.csv").text
    assert "ingetrokken" in els.get(LIST).text
    assert page_faults(page) == []


def test_a_reason_is_asked_of_who_withdraws(site: Site, record: ReportRecord) -> None:
    page = said(site, record, "intrekken", waarom=" ")
    assert "Zeg waarom u het verslag intrekt." in page.text
    assert not kept_report(site.runtime, account(site.runtime, "els"), NOW, record.id).withdrawal


def test_once_withdrawn_it_is_kept_again_though_nothing_changed(site: Site, record: ReportRecord) -> None:
    els = account(site.runtime, "els")
    withdraw_report(site.runtime, els, NOW, record.id, WHY)
    again = keep_report(site.runtime, els, at("2026-06-11 12:00"), ASKED)
    assert again.id != record.id
    kept = [kept_report(site.runtime, els, NOW, one) for one in (record.id, again.id)]
    assert {name: one.id for name, one in superseding(kept).items()} == {record.id: again.id}


def test_what_was_changed_and_changed_back_is_no_new_version(site: Site, record: ReportRecord) -> None:
    els = account(site.runtime, "els")
    chapter = next(iter(kept_report(site.runtime, els, NOW, record.id).chapters))["title"]
    write_chapter(site.runtime, els, NOW, ASKED, (chapter, "Het ging goed.", ""))
    written = keep_report(site.runtime, els, at("2026-06-11 12:00"), ASKED)
    write_chapter(site.runtime, els, at("2026-06-11 13:00"), ASKED, (chapter, "Het ging.", "Het ging goed."))
    other = keep_report(site.runtime, els, at("2026-06-11 14:00"), ASKED)
    withdraw_report(site.runtime, els, NOW, other.id, WHY)
    write_chapter(site.runtime, els, at("2026-06-11 15:00"), ASKED, (chapter, "Het ging goed.", "Het ging."))
    assert keep_report(site.runtime, els, at("2026-06-11 16:00"), ASKED).id == written.id


def test_a_newer_version_that_is_withdrawn_takes_the_place_of_none(site: Site, record: ReportRecord) -> None:
    els = account(site.runtime, "els")
    open_by_phone(site.runtime, "2026-06-10 13:00")
    newer = keep_report(site.runtime, els, at("2026-06-11 12:00"), ASKED)
    withdraw_report(site.runtime, els, NOW, newer.id, WHY)
    kept = [kept_report(site.runtime, els, NOW, one) for one in (record.id, newer.id)]
    assert superseding(kept) == {}


def test_who_withdraws_what_a_colleague_withdrew_meanwhile_gets_back_what_was_typed(
    site: Site, record: ReportRecord
) -> None:
    els = site.staff("els", "kwaliteitscoordinator")
    page = els.page(place(record))
    form = next(one for one in page.all("form") if one.attributes.get("action", "").endswith("intrekken"))
    withdraw_report(site.runtime, account(site.runtime, "els"), NOW, record.id, WHY)
    answer = els.post(f"{place(record)}/intrekken", {**dict(page.form_data(form)), "waarom": "Een telfout."})
    assert answer.status_code == 409
    assert "Een telfout." in answer.text
    assert "Iemand trok het verslag intussen in." in answer.text


def test_who_only_reads_reports_neither_approves_nor_withdraws(site: Site, record: ReportRecord) -> None:
    site.add_staff("ina", "kwaliteitscoordinator")
    dirk = site.staff("dirk", "algemeen-directeur")
    assert "Goedkeuren of intrekken" not in dirk.get(place(record)).text
    for act in (
        lambda one: note_approval(site.runtime, one, NOW, record.id, (BOARD, ON)),
        lambda one: withdraw_report(site.runtime, one, NOW, record.id, WHY),
    ):
        with pytest.raises(NoSuchReportError):
            act(account(site.runtime, "dirk"))


def test_a_withdrawn_report_is_not_approved_any_more(site: Site, record: ReportRecord) -> None:
    els = account(site.runtime, "els")
    withdraw_report(site.runtime, els, NOW, record.id, WHY)
    with pytest.raises(WithdrawnError):
        note_approval(site.runtime, els, NOW, record.id, (BOARD, ON))
