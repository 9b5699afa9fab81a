"""Translations of forms, and of what an organisation says on its pages, in which texts are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.forms.translations import Untranslated, missing_in
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.letters.open_spots import without_open_spots
from gehoor.core.letters.places import PLACE
from gehoor.core.text.problems import Place, Problem, Severity
from gehoor.core.wording.public_texts import in_words_of, public_texts
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.keywords.placeholders import written_places
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_NAMED = 5
"""How many of the texts that are missing are named."""


def incomplete_translations(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return a warning for each language of a form for people outside in which texts are missing, and likewise of
    what the organisation says on its pages. A translation of what is said no more is seen by what lacks one."""
    problems = list(_incomplete_texts(whole, agreement))
    for name, form in agreement.forms.items():
        for code in _languages(agreement, form.translations) if name != DOSSIER_FORM else ():
            problems += _incomplete_form(whole, ("forms", name), code, missing_in(form, code))
    problems += _incomplete_letters(whole, agreement)
    return problems


@dataclass(frozen=True, slots=True)
class Missing:
    """A text without a translation. ``of_form``: it is translated where it stands; else in the list of sentences of the
    organisation, by the text itself."""

    language: str
    text: str
    place: Place
    of_form: bool


def missing_translations(whole: Sourced, agreement: Agreement) -> Iterator[Missing]:
    """Give every text for people outside that lacks a translation, each once for each language."""
    for code in agreement.languages[1:]:
        said = agreement.translations.get(code, {})
        for text in (*_unsaid(agreement, said), *nameless_in(agreement, code)):
            yield Missing(code, text, _sentences(whole, agreement, code), of_form=False)
        for name, form in agreement.forms.items():
            for path, text in missing_in(form, code) if name != DOSSIER_FORM else ():
                yield Missing(code, text, whole.spot(("forms", name, *path)).key, of_form=True)


def nameless_in(agreement: Agreement, code: str) -> list[str]:
    """Return the name of a department where it was not translated into a language."""
    return [] if in_words_of(agreement, agreement.department_name, code) else [agreement.department_name]


def _unsaid(agreement: Agreement, said: Collection[str]) -> list[str]:
    return [text for text in public_texts(agreement) if text not in said and any(map(str.isalpha, text))]


def _sentences(whole: Sourced, agreement: Agreement, code: str) -> Place:
    """Return where sentences are translated; where there is no translation at all, where the language was promised."""
    begun = whole.spots.exact(("translations", code))
    promised = ("organisation", "languages", agreement.languages.index(code))
    return begun.key if begun else whole.spot(promised).value


def _languages(agreement: Agreement, begun: Iterable[str]) -> tuple[str, ...]:
    """Return the languages of an organisation beside its first, and that one too where it was translated into."""
    first = [code for code in agreement.languages[:1] if code in begun]
    return (*first, *agreement.languages[1:])


def _incomplete_texts(whole: Sourced, agreement: Agreement) -> Iterator[Problem]:
    for code in _languages(agreement, agreement.translations):
        said = agreement.translations.get(code, {})
        missing = _unsaid(agreement, said)
        if missing:
            named = [f"\u201c{text}\u201d" for text in missing]
            yield _problem(_sentences(whole, agreement, code), code, named)


def _incomplete_form(
    whole: Sourced, form: Path, code: str, missing: Iterable[Untranslated]
) -> Iterator[Problem]:
    """Tell it where the first of the texts stands, in the form's own file before those it shares with others."""
    own = whole.spot((*form, "title")).key.file
    places: dict[str, Place] = {}
    for path, text in missing:
        places.setdefault(text, whole.spot((*form, *path)).key)
    if places:
        first = min(places.values(), key=lambda place: (place.file != own, place))
        named = [f"\u201c{text}\u201d{_seen_from(first, place)}" for text, place in places.items()]
        yield _problem(first, code, named)


def _untranslated(letter: LetterTemplate, code: str) -> Iterator[tuple[Path, str]]:
    """Give the texts of a letter that are not translated, each with its path in the letter."""
    if code not in letter.translations:
        yield ("subject",), letter.subject
    for index, passage in enumerate(letter.passages):
        # What is left open in a letter is for staff, in their own language.
        told = PLACE.sub("", without_open_spots(passage.text))
        if code not in passage.translations and any(map(str.isalpha, told)):
            yield ("text", index), passage.text.strip().partition("\n")[0]


def _incomplete_letters(whole: Sourced, agreement: Agreement) -> Iterator[Problem]:
    words = load_vocabulary(DEFAULT_LANGUAGE)
    for name, letter in agreement.correspondence.items():
        for code in agreement.languages[1:]:
            missing = list(_untranslated(letter, code))
            if missing:
                path, _ = missing[0]
                place = whole.spot(("correspondence", name, *path)).key
                yield _problem(
                    place, code, [f"\u201c{written_places(text, words)}\u201d" for _, text in missing]
                )


def _seen_from(first: Place, place: Place) -> str:
    if place.line == first.line and place.file == first.file:
        return ""
    return f" (regel {place.line})" if place.file == first.file else f" ({place.file}, regel {place.line})"


def _problem(place: Place, code: str, named: list[str]) -> Problem:
    more = f" en nog {len(named) - _NAMED} andere" if len(named) > _NAMED else ""
    missing = f"ontbreken nog {len(named)} teksten" if len(named) > 1 else "ontbreekt nog een tekst"
    details = {"value": code, "missing": missing, "named": ", ".join(named[:_NAMED]) + more}
    return Problem(place, "vertaling-onvolledig", details, Severity.WARNING)


CHECK = Check(
    Pass.ANALYSIS, ("vertaling-onvolledig",), lambda on: incomplete_translations(on.whole, on.agreement)
)
