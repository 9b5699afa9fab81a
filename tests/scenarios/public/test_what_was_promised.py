"""What somebody outside reads of promises, and where else they can go: once there is an answer, and not before."""

from __future__ import annotations

from typing import Any

from gehoor.services.dossiers.incoming import Receipt
from gehoor.services.intake.status_page import follow
from tests.scenarios.public.test_status_pages import follow as browser_following
from tests.support.clock import at
from tests.support.de_linde import PUBLISHED_ON, de_linde, fill, open_by_web, publish_change
from tests.support.letters import add_letters, post, write
from tests.support.pages import page_faults
from tests.support.site import Site, new_site

WHEN = "2026-05-20 10:00"
ELSEWHERE = "Niet tevreden met ons antwoord?"


def agreed(document: dict[str, Any]) -> None:
    add_letters(document)
    for phase in document["phases"].values():
        phase.pop("opens-after", None)
    document["rules"] = {}
    document["earlier-dossiers"] = {
        "promises": {
            "herstelmaatregelen": {
                "show": ["omschrijving", "uitgevoerd_op"],
                "done-when-filled": ["uitgevoerd_op"],
                "follow-page": True,
            }
        }
    }


def told(*, answered: bool) -> tuple[Site, Receipt]:
    runtime = de_linde()
    publish_change(runtime, agreed, PUBLISHED_ON.strftime("%Y-%m-%d 11:30"))
    receipt = open_by_web(runtime, "2026-05-12 13:00")
    rows = [{"type": "rechtzetting", "omschrijving": "Een tweede bel.", "uitgevoerd_op": "2026-05-18"}]
    given: dict[str, Any] = {"herstelmaatregelen": rows}
    fill(runtime, receipt.dossier, WHEN, **given)
    if answered:
        draft = write(runtime, receipt.dossier, WHEN, text="Beste,\n\nUw klacht is gegrond.")
        post(runtime, receipt.dossier, draft, WHEN)
    return new_site(WHEN, runtime), receipt


def test_what_was_promised_is_read_once_there_is_an_answer() -> None:
    site, receipt = told(answered=True)
    page = browser_following(site, receipt).page("/volgen/dossier")
    assert "Een tweede bel." in page.one("section", **{"aria-labelledby": "beloofd"}).text
    assert ELSEWHERE in page.text
    assert page_faults(page) == []


def test_the_day_of_what_was_promised_is_in_the_language_of_who_reads() -> None:
    site, receipt = told(answered=True)
    page = browser_following(site, receipt).page("/volgen/dossier?taal=fr")
    assert "Een tweede bel. Uitgevoerd op : lundi 18 mai 2026" in page.text
    assert "maandag" not in page.text


def test_before_there_is_an_answer_nothing_is_said_of_promises_or_of_being_displeased_with_it() -> None:
    site, receipt = told(answered=False)
    page = browser_following(site, receipt).page("/volgen/dossier")
    assert "Een tweede bel" not in page.text
    assert ELSEWHERE not in page.text


def test_of_a_list_that_stays_inside_nothing_is_told() -> None:
    runtime = de_linde()
    dossier = open_by_web(runtime, "2026-05-12 13:00").dossier
    assert follow(runtime, dossier, at(WHEN)).promises == ()
