"""When two stories are the same story."""

from __future__ import annotations

from gehoor.core.text.similarity import nearly_same

BELL = "Zondag om 11 uur zat mama nog in haar pyjama en op haar bel kwam een uur lang niemand."


def test_capitals_accents_and_signs_make_no_difference() -> None:
    assert nearly_same(BELL, BELL.upper().replace(".", " !"))
    assert nearly_same("Het café was dicht", "het cafe was dicht.")


def test_a_word_more_or_less_is_the_same_story() -> None:
    assert nearly_same(BELL, BELL.replace("mama", "moeder"))


def test_the_same_story_with_more_added_is_the_same_story() -> None:
    more = " Ik heb dat vorige week al gemeld aan de balie, en toen zei men dat er iemand zou bellen."
    assert nearly_same(BELL, BELL + more)


def test_another_story_about_the_same_thing_is_another() -> None:
    assert not nearly_same(
        BELL, "Op haar bel kwam gisteren een uur lang niemand, en de soep was koud en de koffie ook."
    )


def test_few_words_are_the_same_only_when_they_are() -> None:
    assert not nearly_same("De soep was koud", "De soep was lauw")
    assert not nearly_same("", "")
