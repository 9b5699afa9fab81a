"""A translation is stale once its text became another after it was written: the versions say when that was."""

from __future__ import annotations

from typing import Any

from gehoor.core.proposals.stale_translations import Stale, stale, translated

QUESTION = "Wat is er gebeurd?"
FRENCH = "Que s'est-il passé ?"


def version(title: str, french: str = FRENCH, **more: Any) -> dict[str, Any]:
    said = {"title": title, "translations": {"fr": {"title": french}}}
    return {"forms": {"melden": {"properties": {"verhaal": said, **more}}}}


def found(*documents: dict[str, Any]) -> list[Stale]:
    return list(stale([translated(one) for one in documents]))


def test_a_text_that_changed_after_it_was_translated_is_told_with_what_it_was() -> None:
    (one,) = found(version(QUESTION), version("Wat is u overkomen?"))
    assert one == Stale("fr", QUESTION, "Wat is u overkomen?", FRENCH)


def test_it_stays_so_as_long_as_nobody_translates_it_and_remembers_the_first_text() -> None:
    (one,) = found(version(QUESTION), version("Wat is u overkomen?"), version("Wat maakte u mee?"))
    assert one.before == QUESTION


def test_what_is_translated_with_it_is_not() -> None:
    assert found(version(QUESTION), version("Wat is u overkomen?", "Que vous est-il arrivé ?")) == []


def test_what_is_translated_later_is_not() -> None:
    later = version("Wat is u overkomen?", "Que vous est-il arrivé ?")
    assert found(version(QUESTION), version("Wat is u overkomen?"), later) == []


def test_a_text_that_is_as_it_was_again_is_not() -> None:
    assert found(version(QUESTION), version("Wat is u overkomen?"), version(QUESTION)) == []


def test_a_comma_a_capital_or_a_space_more_says_nothing_else() -> None:
    assert found(version(QUESTION), version("Wat is er, Gebeurd")) == []


def test_a_second_place_with_the_same_translation_takes_it_over() -> None:
    more = {"title": "Wat gebeurde er?", "translations": {"fr": {"title": FRENCH}}}
    assert found(version(QUESTION), version(QUESTION, nog=more)) == []


def letter(*passages: tuple[str, str]) -> dict[str, Any]:
    text = [{"text": dutch, "translations": {"fr": french}} for dutch, french in passages]
    return {"correspondence": {"antwoord": {"text": text}}}


def test_passages_of_a_letter_are_known_by_their_words_and_not_by_their_number() -> None:
    first, second = ("Beste,", "Bonjour,"), ("Wij belden u.", "Nous vous avons appelé.")
    assert found(letter(first, second), letter(first, ("Nieuw.", "Nouveau."), second)) == []
    (one,) = found(
        letter(first, second), letter(("Nieuw.", "Nouveau."), first, ("Wij schreven u.", second[1]))
    )
    assert (one.before, one.text) == ("Wij belden u.", "Wij schreven u.")


def test_with_one_version_nothing_changed() -> None:
    assert found(version(QUESTION)) == []
    assert found() == []
