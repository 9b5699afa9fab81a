"""The questions that decide what a message is, and the examples that must come out right."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.ways import MessageExample, Outcome, Question
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, loose, present
from gehoor.core.wording.nl.agreement.phrases import closed, readable
from gehoor.core.wording.nl.formats import quoted


def questions(agreement: Agreement) -> Chapter:
    """Say which questions decide, and what each answer means."""
    otherwise = agreement.otherwise
    return chapter(
        "questions",
        "Vragen die beslissen",
        *(_question(agreement, asked) for asked in agreement.questions.values()),
        loose(
            "otherwise",
            Sentence("otherwise", f"Past geen enkele vraag, dan is het {_outcome(agreement, otherwise)}.")
            if otherwise
            else None,
        ),
    )


def _question(agreement: Agreement, asked: Question) -> Item:
    key = f"questions/{asked.id}"
    return Item(
        key,
        asked.question,
        present(
            Sentence(f"{key}/help", f"Uitleg: {closed(asked.help)}") if asked.help else None,
            _answer(agreement, f"{key}/yes", "ja", asked.yes),
            _answer(agreement, f"{key}/no", "nee", asked.no),
        ),
        new=f"Nieuwe vraag die beslist: {quoted(asked.question)}",
        gone=f"De vraag {quoted(asked.question)} is weg.",
    )


def _answer(agreement: Agreement, key: str, word: str, outcome: Outcome | None) -> Sentence:
    if outcome is None:
        return Sentence(key, f"Is het antwoord {word}, dan gaat u door met de volgende vraag.")
    return Sentence(key, f"Is het antwoord {word}, dan is het bericht {_outcome(agreement, outcome)}.")


def _outcome(agreement: Agreement, outcome: Outcome) -> str:
    route = f", langs de weg {quoted(readable(outcome.route).lower())}" if outcome.route else ""
    return f"{_kind(agreement, outcome.kind)}{route}"


def _kind(agreement: Agreement, name: str) -> str:
    known = agreement.kinds.get(name)
    return quoted(known.name if known else name)


def examples(agreement: Agreement) -> Chapter:
    """Tell the examples, with their answers and what they are."""
    return chapter(
        "message-examples", "Voorbeelden", *(_example(agreement, one) for one in agreement.examples)
    )


def _example(agreement: Agreement, example: MessageExample) -> Item:
    key = f"message-examples/{example.message}"
    return Item(
        key,
        quoted(example.message),
        present(
            *(
                Sentence(f"{key}/answers/{name}", f"{_asked(agreement, name)} {'Ja' if yes else 'Nee'}.")
                for name, yes in example.answers.items()
            ),
            Sentence(f"{key}/expect", f"Dit is: {_kind(agreement, example.expect)}."),
            Sentence(f"{key}/why", f"Waarom: {closed(example.why)}") if example.why else None,
        ),
        new=f"Nieuw voorbeeld: {quoted(example.message)}",
        gone=f"Het voorbeeld {quoted(example.message)} is weg.",
    )


def _asked(agreement: Agreement, name: str) -> str:
    known = agreement.questions.get(name)
    return known.question if known else readable(name)
