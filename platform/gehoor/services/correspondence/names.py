"""Names of people in a letter to somebody outside: seldom meant, and hard to take back. Of who works here, and of whom
the dossier names in fields of which was agreed that people stand in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, Final, NamedTuple

from gehoor.core.forms.fields import Field
from gehoor.core.letters.composing import fields_told
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.text.normalise import normalised
from gehoor.core.text.people_names import PARTICLES, TITLES
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.ports.records import Account

_WORD: Final = re.compile(r"[\w-]+")
_APART: Final = re.compile(r"[,;:()/\n&]|\s(?:en|et|and)\s")
_SHORTEST: Final = 4
"""A family name of fewer letters is often another word."""
_LONGEST: Final = 4
"""So many words has a whole name that is looked for as it stands."""
_SIGNS: Final = ".,;:!?()[]«»\"“”‘’'*_-/"
_MOST: Final = 200
"""Of a dossier with more names in it, so many are looked for."""
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?:]\s|\n|- |# )\s*\Z")

_BEFORE: Final = 80
"""In so many signs before a name it shows whether a sentence begins there."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose name stands in a letter, and whether they work here."""

    name: str
    works_here: bool


class _Token(NamedTuple):
    word: str
    start: int
    end: int


class _Read:
    """A text in words, read once: a house has many people, and each of them is looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self._at: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            self._at.setdefault(token.word, []).append(at)

    def runs(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Give the first and the last token of each place where some words stand in a row."""
        for first in self._at.get(words[0], ()) if words else ():
            last = first + len(words) - 1
            if [one.word for one in self.tokens[first : last + 1]] == list(words):
                yield first, last


def named_in(
    opened: OpenedDossier,
    template: LetterTemplate,
    text: str,
    accounts: Iterable[Account],
    signs: Collection[str],
    addressed: str,
) -> tuple[Named, ...]:
    """Return of whom a letter tells the name, whole or the family name: people who work here, and those in the answers
    of the dossier, as far as whoever looks sees them. What the template itself tells was agreed to be told.

    ``signs``: the full names of who may stand in it, as they sign; ``addressed``: the name of who gets it."""
    here = staff_named(text, accounts, signs, addressed)
    told = fields_told(template, opened.agreement.dossier_form)
    others = [
        name
        for of in opened.agreement.dossier_form.fields.values()
        if of.id not in told
        for name in _names_in_answer(of, opened.decision.values.get(of.id))
    ]
    kept, read = {normalised(one) for one in (*signs, *here, addressed)}, _Read(text)
    beside = [
        name
        for name in dict.fromkeys(others[:_MOST])
        if normalised(name) not in kept and _stands_as_name(read, name, addressed)
    ]
    return (*(Named(one, True) for one in here), *(Named(one, False) for one in beside))


def staff_named(
    text: str, accounts: Iterable[Account], signs: Iterable[str], addressed: str = ""
) -> tuple[str, ...]:
    """Return the full names of the people of whom a text tells the whole name or the family name. ``signs``: the full
    names of who may stand in it, as they sign; ``addressed``: the name of who gets it, whose family name is no name of
    somebody here."""
    allowed, read = {normalised(one) for one in signs}, _Read(text)
    found = [
        account.full_name
        for account in accounts
        if account.full_name
        and normalised(account.full_name) not in allowed
        and _spans(read, account.full_name, addressed)
    ]
    return tuple(dict.fromkeys(found))


def people_named(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return of some names of people those that stand in a text, whole or the family name."""
    read = _Read(text)
    return tuple(name for name in dict.fromkeys(names) if _stands_as_name(read, name, ""))


def names_in_answers(fields: Iterable[Field], values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names in answers of which was agreed that people stand in them."""
    found = (name for of in fields for name in _names_in_answer(of, values.get(of.id)))
    return tuple(islice(dict.fromkeys(found), _MOST))


def could_be_names(text: str) -> tuple[str, ...]:
    """Return the words of a text that could be of the name of somebody: those with a capital, that are not short."""
    words = (one.group() for one in _WORD.finditer(text))
    named = (one for one in words if one[0].isupper() and len(one) >= _SHORTEST)
    return tuple(dict.fromkeys(one for one in named if normalised(one) not in TITLES))


def short_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of words beside each other that could be the whole name of somebody although each is short:
    alone, a short word is no name."""
    words = [one.group() for one in _WORD.finditer(text)]
    return tuple(
        dict.fromkeys(
            pair for pair in pairwise(words) if all(one[0].isupper() and len(one) < _SHORTEST for one in pair)
        )
    )


def rows_of_words(text: str) -> dict[tuple[str, ...], str]:
    """Return what stands in a row in a text and could be the whole name of somebody, in capitals or not: the words in
    the order of the alphabet -> as they stand there."""
    words = text.split()
    plain = [normalised(one).strip(_SIGNS) for one in words]
    return {
        tuple(sorted(row)): " ".join(words[at : at + length]).strip(_SIGNS)
        for length in range(2, _LONGEST + 1)
        for at in range(len(words) - length + 1)
        if all(row := plain[at : at + length])
    }


def words_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a name as ``rows_of_words`` has them."""
    return tuple(sorted(filter(None, (one.strip(_SIGNS) for one in normalised(name).split()))))


def without_names(
    text: str, named: Iterable[Named], addressed: str, somebody_here: str, somebody: str
) -> str:
    """Return a text in which words stand for the names of people, with how they are addressed before them:
    ``somebody_here`` for who works here, ``somebody`` for another."""
    read = _Read(text)
    spans = sorted(
        (start, -end, somebody_here if one.works_here else somebody)
        for one in named
        for start, end in _spans(read, one.name, addressed)
    )
    places: list[tuple[int, int, str]] = []
    for start, minus_end, words in spans:
        first, last, said = places[-1] if places else (0, 0, "")
        if start >= last:
            places.append((start, -minus_end, words))
        elif (first, last) == (start, -minus_end):
            # A family name of more than one: nobody can tell whose it is here.
            places[-1] = (first, last, said if said == words else somebody)
        else:
            # A name within another, or that runs on from it, is of the same place.
            places[-1] = (first, max(last, -minus_end), said)
    parts, after = list[str](), 0
    for start, end, words in places:
        begins = _SENTENCE_END.search(text[max(0, start - _BEFORE) : start]) is not None
        parts += text[after:start], words[:1].upper() + words[1:] if begins else words
        after = end
    return "".join((*parts, text[after:]))


def _names_in_answer(of: Field, value: Any) -> Iterator[str]:
    if of.names_people and isinstance(value, str):
        yield from filter(None, map(_name_in, _APART.split(value)))
    for member in of.members.values() if isinstance(value, list) else ():
        for row in value:
            yield from _names_in_answer(member, row.get(member.id)) if isinstance(row, dict) else ()


def _name_in(part: str) -> str:
    """Return the name in a part of an answer: from its first word with a capital to the last, how somebody is
    addressed left out; all of it where nothing has a capital and it is two words."""
    words = [word for word in part.split() if normalised(word).strip(".") not in TITLES]
    capital = [at for at, word in enumerate(words) if word[:1].isupper()]
    if not capital:
        return " ".join(words) if len(words) == 2 and min(map(len, words)) > 1 else ""
    first = last = capital[0]
    for at, word in enumerate(words[first + 1 :], first + 1):
        if word[:1].isupper():
            last = at
        elif normalised(word) not in PARTICLES:
            break
    name = " ".join(words[first : last + 1])
    return name if len(name) >= _SHORTEST or first != last else ""


def _stands_as_name(read: _Read, name: str, addressed: str) -> bool:
    """Say whether a name stands in a text; one that was typed without capitals, where it has them there."""
    typed_so = not name.islower()
    return any(typed_so or read.text[start:end].istitle() for start, end in _spans(read, name, addressed))


def _has_capital(read: _Read, first: int, last: int) -> bool:
    """Say whether words in a row stand there as a name does: in a letter a single word without a capital is a word."""
    return any(
        character.isupper() for character in read.text[read.tokens[first].start : read.tokens[last].end]
    )


def _spans(read: _Read, name: str, addressed: str) -> list[tuple[int, int]]:
    """Return where a name stands in a text: the whole of it, or the family name where that is not who gets it."""
    whole = [one.word for one in _tokens(name)]
    alone = len(whole) == 1
    runs = [one for one in read.runs(whole) if not alone or _has_capital(read, *one)]
    found, family = _not_of(read, addressed, runs), whole[1:]
    if sum(map(len, family)) + len(family) - 1 >= _SHORTEST:
        others = [one for one in read.runs(family) if _has_capital(read, *one)]
        own = [*read.runs([one.word for one in _tokens(addressed)])] if others else []
        reach: dict[int, int] = {}
        for start, end in (*found, *own):
            reach |= {at: max(end, reach.get(at, end)) for at in range(start, end + 1)}
        found += [(first, last) for first, last in others if reach.get(first, -1) < last]
    tokens = read.tokens
    return [(_with_title(tokens, first), tokens[last].end) for first, last in sorted(found)]


def _not_of(read: _Read, addressed: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out what is a part of the name of who gets the letter, where that stands whole or where they are greeted
    by their family name: who shares that name is not named there."""
    words = [one.word for one in _tokens(addressed)] if found else []
    greeted = [(first, last) for first, last in read.runs(words[1:]) if _greets(read, last)]
    own = [*read.runs(words), *greeted]
    return [(first, last) for first, last in found if not any(a <= first and last <= b for a, b in own)]


def _greets(read: _Read, last: int) -> bool:
    """Say whether a line ends with a word and a comma, as the first of a letter does."""
    end = read.tokens[last].end
    return read.text[end : end + 1] == "," and not read.text[end + 1 :].partition("\n")[0].strip()


def _with_title(tokens: Sequence[_Token], first: int) -> int:
    """Return where a name begins, with how somebody is addressed before it."""
    before = first
    if before and tokens[before - 1].word in TITLES:
        before -= 1
        if before and tokens[before].word == "heer" and tokens[before - 1].word == "de":
            before -= 1
    return tokens[before].start


def _tokens(text: str) -> list[_Token]:
    return [_Token(normalised(one.group()), one.start(), one.end()) for one in _WORD.finditer(text)]
