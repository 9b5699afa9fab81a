"""Letters to complainants: every file is a letter, every place in it is one that can be filled in, and it can go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.parse import members_of
from gehoor.core.letters.model import MAILED, NEW_CODE, TO_READ, WITH_CODE
from gehoor.core.letters.places import CODE, DUE, GENERAL, SIGNED, places_in
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import listed, nearest, question
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.keywords.placeholders import written_places
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, Vocabulary, load_vocabulary
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path, Spot
from gehoor.loading.workspace.organisation import OrganisationFiles

_EITHER = ("letter", "letter-to-complainant")
_ANNOUNCES = " In een mail die vanzelf vertrekt, komt niets uit het dossier: iemand anders kan hem zien."


def letter_problems(on: Subject) -> Iterator[Problem]:
    """Yield what is wrong with the letters of a department."""
    yield from _empty_files(on.files)
    check = _Check(on.whole, on.broken, on.vocabularies)
    notices = on.whole.data.get("notices") or {}
    for name, letter in (on.whole.data.get("correspondence") or {}).items():
        mailed = frozenset(occasion for occasion in MAILED if notices.get(occasion) == name)
        yield from check.places(name, letter, mailed)
        yield from check.ways(name, letter, mailed)
        yield from check.code(name, letter, mailed)
        if mailed:
            yield from check.conditions(name, letter)


def _empty_files(files: OrganisationFiles) -> Iterator[Problem]:
    for file in files.letters.values():
        if file.canonical.data.keys().isdisjoint(_EITHER) and not file.problems:
            words = [file.vocabulary.word(one) for one in _EITHER]
            details = {"missing": listed(words, "of"), "hint": ""}
            yield Problem(file.canonical.spots.nearest(()).value, "ontbreekt", details)


@dataclass(frozen=True)
class _Check:
    whole: Sourced
    broken: Broken
    vocabularies: Mapping[str, Vocabulary]

    def places(self, name: str, letter: Mapping[str, Any], mailed: frozenset[str]) -> Iterator[Problem]:
        """``mailed``: for which occasions it goes by e-mail as it is. It tells nothing of the dossier then."""
        fields = {} if mailed else self.whole.at(("forms", DOSSIER_FORM, "properties")) or {}
        for path, text, rows in _texts(("correspondence", name), letter):
            members = members_of(fields.get(rows, {})) if rows else {}
            if rows and not mailed and rows not in fields:
                # That field is wrong itself, and told there: what its rows have is not known.
                continue
            if rows and not mailed and not members:
                lists = [one for one, data in fields.items() if members_of(data)]
                spot = self.whole.spot((*path[:4], "every"))
                word = self._words_of(spot).word("every")
                wanted = f"Kies {listed(lists, 'of')}" if lists else f"Wis '{word}'"
                yield Problem(spot.value, "geen-lijst", {"value": rows, "wanted": wanted})
                continue
            for position, word in places_in(text):
                # A code stands in no list of mails: its place is in the text.
                here = mailed | {TO_READ} if mailed and path[-1] == "subject" else mailed
                if not self._known(word, fields, members, here):
                    yield self._unknown(path, (text, position, word), [*members, *fields], here)

    def _general(self, mailed: frozenset[str]) -> frozenset[str]:
        """Return the places that are no field: nobody signs what goes out by itself, and sees the code in it."""
        if not mailed:
            return GENERAL
        return GENERAL - SIGNED | ({CODE} if mailed <= WITH_CODE and self._gives_codes else frozenset())

    @property
    def _mails_unknown(self) -> bool:
        """Whether it is not known which letters go by e-mail as they are: what says so could not be read, or names one
        that there is not, so that any may be meant."""
        notices = self.whole.data.get("notices") or {}
        letters = self.whole.data.get("correspondence") or {}
        missing = any(notices[one] not in letters for one in MAILED & notices.keys())
        return missing or self.broken.touches("notices")

    @property
    def _gives_codes(self) -> bool:
        return bool((self.whole.data.get("anonymous") or {}).get("follow-up-code"))

    def _known(
        self, word: str, fields: Collection[str], members: Collection[str], mailed: frozenset[str]
    ) -> bool:
        first, _, term = word.partition(" ")
        if term:
            terms = self.whole.data.get("terms") or {}
            return first == DUE and (term in terms or self.broken.excuses("terms", term)) and not mailed
        if word == CODE and (self._mails_unknown or self.broken.touches("anonymous")):
            return True  # Whether it goes by e-mail, or codes are given, is not known.
        general = self._general(mailed)
        return word in general or word in fields or word in members or self.broken.excuses("fields", word)

    def _unknown(
        self, path: Path, found: tuple[str, int, str], fields: list[str], mailed: frozenset[str]
    ) -> Problem:
        text, position, word = found
        spot = self.whole.spot(path)
        vocabulary = self._words_of(spot)
        general = sorted(vocabulary.place_word(one) for one in self._general(mailed))
        agreed = self.whole.data.get("terms") or () if fields else ()
        terms = [f"{vocabulary.place_word(DUE)} {term}" for term in agreed]
        told = written_places(f"{{{word}}}", vocabulary)
        # Whoever means a day that something is due, means no field.
        due = word.startswith(f"{DUE} ")
        near = nearest(told.strip("{}"), terms if due else [*general, *fields, *terms])
        more = [f"{{{terms[0]}}}"] if terms else []
        places = [f"{{{one}}}" for one in general]
        details = {
            "value": told,
            "places": ", ".join(places + more) + (" of een veld van het dossier" if fields else ""),
            "hint": question(*(f"{{{one}}}" for one in near)) or ("" if fields else _ANNOUNCES),
        }
        return Problem(spot.line_of(text, position), "onbekende-plaats", details)

    def code(self, name: str, letter: Mapping[str, Any], mailed: frozenset[str]) -> Iterator[Problem]:
        """An e-mail that brings a code has it in each language."""
        if not mailed & WITH_CODE or not self._gives_codes:
            return
        lacking: dict[Path, Path] = {}
        for path, text, _rows in _texts(("correspondence", name), letter):
            language = path[-2:] if "translations" in path else ()
            if path[-1] != "subject" and any(word == CODE for _, word in places_in(text)):
                lacking[language] = ()
            elif path[-1] != "subject":
                lacking.setdefault(language, path)
        if NEW_CODE not in mailed and all(lacking.values()):
            return  # It says only that something came in.
        for at in filter(None, lacking.values()):
            spot = self.whole.spot(at)
            place = f"{{{self._words_of(spot).place_word(CODE)}}}"
            yield Problem(spot.value, "ontbreekt", {"missing": place, "hint": ""})

    def conditions(self, name: str, letter: Mapping[str, Any]) -> Iterator[Problem]:
        """What stands in an e-mail hangs on no answer: that it is there would tell it."""
        for index, passage in enumerate(letter["text"]):
            if isinstance(passage, Mapping) and "if" in passage:
                spot = self.whole.spot(("correspondence", name, "text", index, "if"))
                yield Problem(spot.key, "mail-verraadt", {"word": self._words_of(spot).word("if")})

    def ways(self, name: str, letter: Mapping[str, Any], mailed: frozenset[str]) -> Iterator[Problem]:
        ways = letter.get("ways", {})
        spot = self.whole.spot(("correspondence", name))
        vocabulary = self._words_of(spot)
        if not ways and not mailed and not self._mails_unknown:
            yield Problem(spot.key, "ontbreekt", {"missing": vocabulary.word("ways"), "hint": ""})
        if "email" in ways and TO_READ not in (self.whole.data.get("notices") or {}):
            wanted = f"{vocabulary.word(TO_READ)} bij '{vocabulary.word('notices')}' van de organisatie"
            way = self.whole.spot(("correspondence", name, "ways", "email")).key
            yield Problem(way, "ontbreekt", {"missing": wanted, "hint": ""})

    def _words_of(self, spot: Spot) -> Vocabulary:
        """Return the words of the file in which something stands."""
        return self.vocabularies.get(spot.key.file) or load_vocabulary(DEFAULT_LANGUAGE)


def _texts(path: Path, letter: Mapping[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """Give each text of a letter, and the field of whose rows it is about."""
    yield (*path, "subject"), letter["subject"], ""
    for language, told in letter.get("translations", {}).items():
        yield (*path, "translations", language, "subject"), told["subject"], ""
    for index, passage in enumerate(letter["text"]):
        at: Path = (*path, "text", index)
        if isinstance(passage, str):
            yield at, passage, ""
            continue
        rows = passage.get("every", "")
        yield (*at, "text"), passage["text"], rows
        for language, text in passage.get("translations", {}).items():
            yield (*at, "translations", language), text, rows


CHECK = Check(
    Pass.REFERENCES,
    ("ontbreekt", "onbekende-plaats", "geen-lijst", "mail-verraadt"),
    letter_problems,
)
