"""What a phase asks only because of another answer is said before that answer is given."""

from __future__ import annotations

from gehoor.core.analysis.asked_later import asked_later
from gehoor.services.dossiers.viewing import look
from tests.support.clock import at
from tests.support.de_linde import fill, registered
from tests.support.letters import with_letters
from tests.support.pages import page_faults
from tests.support.site import new_site

END = "onderzoek afgerond"


def later(dossier: str, runtime, *unanswered: str) -> dict[str, tuple[str, ...]]:
    seen = look(runtime, dossier, at("2026-05-20 10:00"))
    found = asked_later(seen.agreement, seen.dossier, seen.decision, END, unanswered)
    return {one.field: one.hangs_on for one in found}


def test_what_a_judgement_will_ask_is_known_before_there_is_one() -> None:
    site = new_site("2026-05-20 10:00")
    dossier = registered(site.runtime)
    assert later(dossier, site.runtime, "gegrondheid", "gesignaleerde_feiten")["gegrondheid_motivering"] == (
        "gegrondheid",
    )


def test_what_no_answer_can_bring_any_more_is_not_said() -> None:
    site = new_site("2026-05-20 10:00")
    dossier = registered(site.runtime)
    fill(site.runtime, dossier, "2026-05-20 09:00", nadeel_schade=["geen"])
    assert "schade_omschrijving" not in later(dossier, site.runtime, "gesignaleerde_feiten")


def test_what_is_asked_already_is_not_said_again() -> None:
    site = new_site("2026-05-20 10:00")
    dossier = registered(site.runtime)
    fill(site.runtime, dossier, "2026-05-20 09:00", ernst=5)
    assert "ernst_motivering" not in later(dossier, site.runtime, "ernst")


def test_the_page_says_it_at_the_answer_on_which_it_hangs() -> None:
    site = new_site("2026-05-20 10:00")
    page = site.staff().page(f"/medewerker/dossiers/{registered(site.runtime)}")
    asked = [one.text for one in page.all("li") if one.inside("div") and "Ernst" in one.text]
    assert any("Daarna vragen wij misschien nog: “Waarom deze ernst?”" in text for text in asked)
    assert page_faults(page) == []


def test_a_field_says_in_which_letter_its_text_stands_word_for_word() -> None:
    site = new_site("2026-05-20 10:00", with_letters())
    dossier = registered(site.runtime)
    page = site.staff("els", "kwaliteitscoordinator").page(f"/medewerker/dossiers/{dossier}")
    assert "Dit komt letterlijk in de brief: “Antwoord op de klacht”." in page.by_id("v_besluit-veld").text
    assert "letterlijk" not in page.by_id("v_klager_naam-veld").text
    assert page_faults(page) == []
