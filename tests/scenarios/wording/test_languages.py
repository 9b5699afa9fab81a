"""Every language that staff are spoken to in has a sentence for everything that it offers to say."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest

from gehoor.core.agreement.actions import Action
from gehoor.core.deadlines.derivation_steps import StepKind
from gehoor.core.dossier.events import EventKind
from gehoor.core.wording.port import Sentences
from gehoor.core.wording.registry import DUTCH, LANGUAGES, sentences_in, sentences_of
from tests.support.de_linde import agreement

SUBJECTS = [name for name in Sentences.__dataclass_fields__ if name != "language"]
SPOKEN = pytest.mark.parametrize("said", LANGUAGES.values(), ids=LANGUAGES)


@SPOKEN
def test_every_kind_of_event_has_a_line(said: Sentences) -> None:
    assert set(said.events.by_kind) == set(EventKind)


@SPOKEN
def test_every_step_of_a_derivation_has_a_sentence(said: Sentences) -> None:
    assert set(said.derivation.by_kind) == set(StepKind) - {StepKind.START}


@SPOKEN
def test_every_objection_has_a_sentence_that_tells_the_same(said: Sentences) -> None:
    def places(sentences: Sentences) -> dict[str, set[str]]:
        return {
            code: {name for _, name, _, _ in Formatter().parse(text) if name}
            for code, text in sentences.objections.sentences.items()
        }

    assert places(said) == places(DUTCH)


@SPOKEN
def test_every_action_has_a_name(said: Sentences) -> None:
    assert set(said.actions.names) == set(Action)


@SPOKEN
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_says_in_which_language_it_is(said: Sentences, subject: str) -> None:
    assert getattr(said, subject).language in (said.language, DUTCH.language)


def test_dutch_says_everything() -> None:
    assert {getattr(DUTCH, subject).language for subject in SUBJECTS} == {"nl"}


def test_a_language_that_is_not_there_is_the_first_one() -> None:
    assert sentences_in("xx") is DUTCH
    assert sentences_in("") is DUTCH


def test_an_organisation_is_spoken_to_in_its_first_language() -> None:
    assert sentences_of(agreement()) is DUTCH
    elsewhere = replace(agreement(), languages=("fr", "nl"))
    assert sentences_of(elsewhere) is sentences_in("fr")
