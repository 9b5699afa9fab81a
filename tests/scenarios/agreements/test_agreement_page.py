"""The agreement on the website: what is public for everyone, the whole for who works there."""

from __future__ import annotations

from typing import Any

from tests.support.de_linde import new_runtime, proposal, publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import new_site

PUBLIC = "/de-linde/beukenhof/afspraken"
STAFF = "/medewerker/de-linde/beukenhof/afspraken"


def test_everyone_can_read_the_public_part() -> None:
    answer = new_site().visitor().get(PUBLIC)
    assert answer.status_code == 200
    assert page_faults(Page(answer.text)) == []
    assert "Wij doen dit binnen 5 werkdagen." in answer.text
    assert "Verantwoordelijk is" not in answer.text
    assert "Als een regel iemand verwittigt" not in answer.text


def test_the_department_page_leads_to_it() -> None:
    page = new_site().visitor().page("/de-linde/beukenhof/")
    links = {element.text: element.attributes.get("href") for element in page.elements if element.tag == "a"}
    assert links["Alle afspraken lezen"] == PUBLIC


def test_who_works_there_reads_the_whole() -> None:
    site = new_site()
    visitor = site.staff()
    answer = visitor.get(STAFF)
    assert answer.status_code == 200
    assert page_faults(Page(answer.text)) == []
    assert "Verantwoordelijk is de rol Kwaliteitscoördinator." in answer.text
    links = [element.attributes.get("href") for element in visitor.page("/medewerker/").elements]
    assert STAFF in links


def test_who_works_elsewhere_does_not() -> None:
    site = new_site()
    assert site.staff().get("/medewerker/de-linde/eikenrode/afspraken").status_code == 404


def test_a_department_that_does_not_exist_has_no_agreements() -> None:
    assert new_site().visitor().get("/de-linde/nergens/afspraken").status_code == 404


def test_what_people_wrote_is_shown_as_text() -> None:
    def sly(document: dict[str, Any]) -> None:
        document["complaint"]["description"] = "<script>alert(1)</script>"

    runtime = new_runtime()
    publish_change(runtime, sly, "2026-01-16 10:00")
    answer = new_site(runtime=runtime).visitor().get(PUBLIC)
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text


def test_a_letter_keeps_its_lines() -> None:
    page = Page(new_site().staff().get(STAFF).text)
    letter = next(
        element for element in page.elements if element.tag == "li" and "Beste {ontvanger}" in element.text
    )
    assert letter.text.startswith("De tekst is:")
    assert proposal().document["letters"]
