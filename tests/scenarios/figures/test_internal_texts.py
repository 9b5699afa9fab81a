"""What is written in an internal chapter of a report stays inside, also where another chapter has its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest

from gehoor.core.figures.report_document import ReportDocument
from gehoor.services.figures.offered_reports import Asked, NoSuchReportError
from gehoor.services.figures.report_records import ReportRecord
from gehoor.services.figures.reports import draft_of, keep_report, write_chapter
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from gehoor.web.staff.figures.report_reading import draft_document, kept_document
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_phone, publish_change, staff
from tests.support.figures import with_figures
from tests.support.site import new_site

NOW: Final = at("2026-06-10 12:00")
ASKED: Final = Asked("de-linde", "jaarverslag", 2026)
INSIDE: Final = "Mevrouw Peeters vraagt meer tijd dan wij hebben."
TO_ALL: Final = "Er kwamen minder klachten binnen."
OPEN: Final[dict[str, Any]] = {"name": "Aandachtspunten", "asks": "Wat valt op?"}
INTERNAL: Final[dict[str, Any]] = {**OPEN, "internal": True}
ADAPTED: Final[dict[str, Any]] = {**INTERNAL, "take": "Wat binnen blijft"}


def house(*chapters: dict[str, Any]) -> tuple[Runtime, Account]:
    """A register in which a report of these chapters was published, and who makes it."""

    def agreed(document: dict[str, Any]) -> None:
        with_figures(document)
        document["reports"] = {"jaarverslag": {"name": "Jaarverslag", "period-by": "ontvangst",
                                               "chapters": list(chapters)}}  # fmt: skip

    runtime = de_linde(names=("beukenhof",))
    publish_change(runtime, agreed, "2026-01-20 10:00")
    staff(runtime, "els", "kwaliteitscoordinator")
    open_by_phone(runtime, "2026-05-12 10:00")
    with reading_projection(runtime) as register:
        els = register.account("els")
    assert els is not None
    return runtime, els


def written(runtime: Runtime, els: Account, texts: dict[str, str]) -> ReportRecord:
    for chapter, text in texts.items():
        write_chapter(runtime, els, NOW, ASKED, (chapter, text, ""))
    return keep_report(runtime, els, NOW, ASKED)


def read(runtime: Runtime, make: Callable[[], ReportDocument]) -> ReportDocument:
    with new_site("2026-06-10 12:00", runtime=runtime).app.test_request_context():
        return make()


def kept(runtime: Runtime, record: ReportRecord, *, public: bool) -> ReportDocument:
    return read(runtime, lambda: kept_document(record, "De Linde", "Els", public=public))


def texts(document: ReportDocument) -> list[str]:
    return [one.text for one in document.chapters]


def as_kept_before(record: ReportRecord, said: dict[str, str]) -> ReportRecord:
    """The record as an earlier Gehoor kept it: its texts by what chapters are called."""
    chapters = tuple({name: of for name, of in one.items() if name != "id"} for one in record.chapters)
    return replace(record, chapters=chapters, texts={name: {"text": text} for name, text in said.items()})


@pytest.mark.parametrize("chapters", [(OPEN, INTERNAL), (INTERNAL, OPEN)])
def test_two_chapters_of_one_name_tell_the_public_nothing_that_may_be_internal(
    chapters: tuple[dict[str, Any], ...],
) -> None:
    runtime, els = house(*chapters)
    record = written(runtime, els, {"Aandachtspunten": INSIDE})
    draft = draft_of(runtime, els, NOW, ASKED)
    assert texts(kept(runtime, record, public=True)) == [""]
    assert texts(read(runtime, lambda: draft_document(draft, public=True))) == [""]
    assert INSIDE in texts(kept(runtime, record, public=False))


@pytest.mark.parametrize("chapters", [(OPEN, ADAPTED), (ADAPTED, OPEN)])
def test_a_chapter_that_got_the_name_of_another_keeps_its_own_text(
    chapters: tuple[dict[str, Any], ...],
) -> None:
    runtime, els = house(*chapters)
    record = written(runtime, els, {"Aandachtspunten": TO_ALL, "Wat binnen blijft": INSIDE})
    assert texts(kept(runtime, record, public=True)) == [TO_ALL]
    assert sorted(texts(kept(runtime, record, public=False))) == sorted([TO_ALL, INSIDE])


def test_what_an_earlier_version_kept_under_a_shared_name_is_internal() -> None:
    runtime, els = house(OPEN, INTERNAL, {"name": "Besluit", "asks": "Wat nu?"})
    record = as_kept_before(
        keep_report(runtime, els, NOW, ASKED), {"Aandachtspunten": INSIDE, "Besluit": TO_ALL}
    )
    assert texts(kept(runtime, record, public=True)) == ["", TO_ALL]
    assert texts(kept(runtime, record, public=False)) == ["", INSIDE, TO_ALL]


def test_the_mark_of_a_public_version_tells_nothing_of_what_is_internal() -> None:
    runtime, els = house(OPEN, {**INTERNAL, "name": "Voor ons"})
    first = written(runtime, els, {"Aandachtspunten": TO_ALL})
    second = written(runtime, els, {"Voor ons": INSIDE})
    marks = [kept(runtime, one, public=True).digest for one in (first, second)]
    assert marks[0] == marks[1]
    assert kept(runtime, first, public=False).digest != kept(runtime, second, public=False).digest


BOARD: Final = "Voor het bestuur: twee teams vragen hulp."


def test_what_is_for_the_internal_version_alone_stands_below_the_text_and_never_in_the_public_one() -> None:
    runtime, els = house(OPEN)
    write_chapter(runtime, els, NOW, ASKED, ("Aandachtspunten", BOARD, ""), internal=True)
    record = written(runtime, els, {"Aandachtspunten": TO_ALL})
    draft = draft_of(runtime, els, NOW, ASKED)
    both = f"{TO_ALL}\n\nAlleen in de interne versie:\n{BOARD}"
    assert texts(read(runtime, lambda: draft_document(draft, public=False))) == [both]
    assert texts(read(runtime, lambda: draft_document(draft, public=True))) == [TO_ALL]
    assert texts(kept(runtime, record, public=False)) == [both]
    assert texts(kept(runtime, record, public=True)) == [TO_ALL]


def test_the_hash_of_the_public_version_does_not_depend_on_what_is_for_the_internal_one_alone() -> None:
    runtime, els = house(OPEN)
    first = written(runtime, els, {"Aandachtspunten": TO_ALL})
    write_chapter(runtime, els, NOW, ASKED, ("Aandachtspunten", BOARD, ""), internal=True)
    second = keep_report(runtime, els, NOW, ASKED)
    hashes = [kept(runtime, one, public=True).digest for one in (first, second)]
    assert hashes[0] == hashes[1]
    assert first.digest != second.digest


def test_a_chapter_that_is_internal_has_one_text() -> None:
    runtime, els = house(INTERNAL)
    with pytest.raises(NoSuchReportError):
        write_chapter(runtime, els, NOW, ASKED, ("Aandachtspunten", BOARD, ""), internal=True)


def test_both_texts_of_a_chapter_are_written_on_its_page_and_kept_by_one_button() -> None:
    runtime, _ = house(OPEN)
    els = new_site("2026-06-10 12:00", runtime=runtime).staff("els", "kwaliteitscoordinator")
    address = "/medewerker/verslagen/de-linde/jaarverslag/2026"
    page = els.page(address)
    typed = dict(page.form_data(page.one("form", id="schrijven")))
    els.post(f"{address}/hoofdstuk", {**typed, "tekst": TO_ALL, "intern-tekst": BOARD})
    areas = {one.attributes["id"]: one.text.strip() for one in els.page(address).all("textarea")}
    assert areas == {"s-1": TO_ALL, "i-1": BOARD}
    assert BOARD not in els.get(f"{address}?versie=openbaar").text
    late = els.post(f"{address}/hoofdstuk", {**typed, "tekst": "", "intern-tekst": "Van een ander venster."})
    assert late.status_code == 409
    assert "Van een ander venster." in late.text
