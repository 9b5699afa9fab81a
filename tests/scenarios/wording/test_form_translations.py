"""A form in another language: what people read changes, what is kept does not."""

from __future__ import annotations

from gehoor.core.forms.form import Form
from gehoor.core.forms.translations import in_language, languages_of, missing_in
from tests.support.de_linde import agreement


def told() -> Form:
    return agreement().forms["melden"]


def test_every_text_of_the_public_form_is_translated_in_every_language_of_de_linde() -> None:
    assert languages_of(told(), agreement().languages) == ("nl", "fr", "en")
    assert {code: list(missing_in(told(), code)) for code in ("fr", "en")} == {"fr": [], "en": []}


def test_a_form_in_french_asks_the_same_in_other_words() -> None:
    french = in_language(told(), "fr", "nl")
    assert french.title == "Racontez-nous"
    assert french.fields["uiteenzetting"].label == "Que s'est-il passé ?"
    assert "e-mail" in french.at_least_one[0].refusal
    choices, ours = (form.fields["ondersteuning_nodig"].choices for form in (french, told()))
    assert choices[0].label == "Un interprète"
    assert [choice.code for choice in choices] == [choice.code for choice in ours]
    assert {name: of.schema for name, of in french.fields.items()} == {
        name: of.schema for name, of in told().fields.items()
    }


def test_what_is_not_translated_stays_in_the_first_language_and_says_so() -> None:
    german = in_language(told(), "de", "nl")
    assert german.title == "Vertel het ons"
    assert german.langs["title"] == "nl"
    assert german.fields["uiteenzetting"].langs == {"title": "nl", "description": "nl"}
    assert (("properties", "uiteenzetting", "title"), "Wat is er gebeurd?") in missing_in(told(), "de")


def test_a_form_in_its_first_language_is_the_form() -> None:
    assert in_language(told(), "nl", "nl") is told()
