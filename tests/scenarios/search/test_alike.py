"""Dossiers in which nearly the same was told, whoever told it, for who may open them."""

from __future__ import annotations

import pytest

from gehoor.adapters.likeness.sentence_model import SentenceLikeness
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.likeness import likeness
from gehoor.core.text.retelling import PlainLikeness
from gehoor.services.dossiers.viewing import look
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.alike import alike
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_web, staff
from tests.support.pages import page_faults
from tests.support.site import new_site

NOW = "2026-05-20 09:00"
SOUP = "De soep was koud en het vlees was taai, alweer."
AGAIN = "Koude soep, taai vlees. Voor de derde keer."


def told(runtime: Runtime, day: int, story: str, department: str = "beukenhof") -> str:
    anonymous = {"anoniem": "ja", "klager_naam": None, "klager_email": None}
    return open_by_web(
        runtime, f"2026-05-{day:02} 10:00", department, uiteenzetting=story, **anonymous
    ).dossier


def found(runtime: Runtime, dossier: str) -> list[str]:
    account = staff(runtime, "els", "kwaliteitscoordinator")
    opened = look(runtime, dossier, at(NOW), "els")
    return [one.id for one in alike(runtime, opened, account, at(NOW))]


def test_the_same_in_other_words_is_found_also_of_who_is_anonymous() -> None:
    runtime = de_linde()
    first, second = told(runtime, 4, SOUP), told(runtime, 5, AGAIN)
    told(runtime, 6, "De soep was zondag te zout en er was geen vlees op het bord.")
    assert found(runtime, second) == [first]
    assert found(runtime, first) == [second]


def test_what_is_elsewhere_or_does_not_exist_for_somebody_is_not_found() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    first = told(runtime, 4, SOUP)
    told(runtime, 5, AGAIN, "eikenrode")
    hidden = told(runtime, 6, AGAIN)
    staff(runtime, "els", "kwaliteitscoordinator")
    fill(runtime, hidden, "2026-05-07 10:00", voorwerp="persoon", aangeklaagde_medewerkers=["els"])
    assert found(runtime, first) == []


def test_the_page_names_them() -> None:
    site = new_site("2026-05-20 09:00")
    told(site.runtime, 4, SOUP)
    second = told(site.runtime, 5, AGAIN)
    page = site.staff("els", "kwaliteitscoordinator").page(f"/medewerker/dossiers/{second}/lijkt-op")
    assert "BEU-2026-0001" in page.text
    assert page_faults(page) == []


def test_a_model_finds_what_has_no_word_in_common() -> None:
    close = {
        "De maaltijd viel tegen.": [1.0, 0.1],
        "Het eten was niet lekker.": [0.9, 0.2],
        "De lift is stuk.": [0.0, 1.0],
    }
    judge = SentenceLikeness(lambda texts: [close[text] for text in texts])
    assert judge.maybe_retold("De maaltijd viel tegen.", "Het eten was niet lekker.")
    assert not judge.maybe_retold("De maaltijd viel tegen.", "De lift is stuk.")
    assert not judge.maybe_retold("", "De lift is stuk.")


def test_without_a_setting_it_is_our_own_and_without_the_library_a_model_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GEHOOR_LIKENESS_MODEL", raising=False)
    assert isinstance(likeness(), PlainLikeness)
    monkeypatch.setenv("GEHOOR_LIKENESS_MODEL", "/nergens")
    with pytest.raises(SetupError, match=r"pip install model2vec|is geen map"):
        likeness()
