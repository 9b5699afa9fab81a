"""A file in the keywords of another language; comments, order, quotes, own names and texts stay as they are.

Only words that the meta-schema gives a meaning are replaced, each in its place. Afterwards both files are held
against each other: when they would not say the same, nothing is translated.

Yes and no in a condition stay as they are: whether a field holds yes or no, one file cannot tell, and every
language is understood there. What there are more ways to write comes back in the usual one: ``3 jaar`` as ``3
jaren``, ``volgende`` as ``volgende werkdag``, ``te laat`` as ``te-laat``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from gehoor.core.calendar.durations import DurationError, Unit, parse_duration
from gehoor.core.letters.places import DUE, PLACE, places_in
from gehoor.core.text.problems import Place, Problem, errors
from gehoor.loading.keywords.durations import without_suffix
from gehoor.loading.keywords.meta_schemas import Schema, meta_schema
from gehoor.loading.keywords.relative_dates import canonical_bound, read_day, written_bound, written_day
from gehoor.loading.keywords.vocabulary import Vocabulary, load_vocabulary
from gehoor.loading.merge.canonical import canonicalise, known_keyword, meant
from gehoor.loading.merge.file_kinds import kind_of_file, language_of_file
from gehoor.loading.source.files import read
from gehoor.loading.source.nodes import MappingNode, Member, Node, ScalarNode, SequenceNode
from gehoor.loading.source.tokens import Edit, Tokens, edited
from gehoor.loading.source.yaml import read_yaml
from gehoor.loading.translate.language import language_line, schema_line
from gehoor.loading.workspace.file import load_file

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass
class Translated:
    """A file in another language, or the problems why not. No problems and no content: it is no file of ours."""

    content: bytes | None = None
    problems: list[Problem] = field(default_factory=list)


class TranslationError(Exception):
    """A file would say something else in the other language."""


def translate(path: Path, language: str) -> Translated:
    """Translate a definition file. Raises ``TranslationError`` when a name of its own is a keyword there."""
    content = read(path.parent, path.name)
    if isinstance(content, Problem):
        return Translated(problems=[content])
    reading = read_yaml(content, path.name)
    kind = kind_of_file(reading.root) if reading.root else None
    if reading.root is None or kind is None:
        return Translated(problems=reading.problems)
    problems = load_file(path.parent, path.name, kind).problems
    if errors(problems):
        return Translated(problems=problems)
    result = _translated(content, reading.root, kind, load_vocabulary(language))
    if result != content and _said(read_yaml(result, path.name).root, kind) != _said(reading.root, kind):
        raise TranslationError(path.name)
    return Translated(result)


def _translated(content: bytes, root: MappingNode, kind: str, target: Vocabulary) -> bytes:
    source = load_vocabulary(language_of_file(root))
    if source is target:
        return content
    text = content.decode("utf-8-sig")
    walker = _Walker(Tokens(text), source, target)
    walker.walk(root, meta_schema(kind), kind)
    edits = [*walker.edits, *schema_line(text, kind, source.language, target.language)]
    edits += language_line(text, root, walker.tokens, target)
    mark = _BYTE_ORDER_MARK if content.startswith(_BYTE_ORDER_MARK) else b""
    return mark + edited(text, edits).encode()


def _said(root: MappingNode | None, kind: str) -> object:
    if root is None:
        return None
    problems: list[Problem] = []
    data = canonicalise(root, kind, load_vocabulary(language_of_file(root)), problems).data
    return {key: value for key, value in data.items() if key != "language"}, len(problems)


@dataclass
class _Walker:
    tokens: Tokens
    source: Vocabulary
    target: Vocabulary
    edits: list[Edit] = field(default_factory=list)

    def walk(self, node: Node, schema: Schema, document: str) -> None:
        schema, document = meant(node, schema, document)
        if isinstance(node, MappingNode):
            for member in node.members:
                self._member(member, schema, document)
        elif isinstance(node, SequenceNode):
            for item in node.items:
                self.walk(item, schema.get("items", {}), document)
        elif node.text:
            self._scalar(node, schema)

    def _member(self, member: Member, schema: Schema, document: str) -> None:
        known = known_keyword(member, schema, self.source)
        if known == "language":
            # The line that says the language is written apart.
            return
        if known is None:
            others = schema.get("additionalProperties")
            self.walk(member.value, others if isinstance(others, dict) else {}, document)
            return
        if known not in schema.get("x-json-schema", ()):
            word = self.target.word(known)
            self._reword(member.place, member.key, word.replace("-", " ") if " " in member.key else word)
        self.walk(member.value, schema["properties"][known], document)

    def _scalar(self, node: ScalarNode, schema: Schema) -> None:
        text = node.text
        if "enum" in schema:
            canonical = self.source.values.get(text, text)
            if canonical in schema["enum"]:
                self._reword(node.place, text, self.target.value_word(canonical))
        elif schema.get("format") in ("gehoor-letter", "gehoor-outgoing-letter", "gehoor-number-pattern"):
            words = {word: self.target.place_word(name) for word, name in self._places().items()}
            due = {word: told for word, told in words.items() if self._places()[word] == DUE}
            for _, place in places_in(text):
                first, blank, rest = place.partition(" ")
                words |= {place: f"{due[first]} {rest}"} if blank and first in due else {}
            self.edits += self.tokens.substituted(node.place, PLACE, words)
        elif schema.get("format") in ("gehoor-duration", "gehoor-reminder"):
            self._reword(
                node.place, text, self._duration(text, reminder=schema["format"] == "gehoor-reminder")
            )
        elif schema.get("format") == "gehoor-day":
            self._reword(node.place, text, self._day(text))
        elif schema.get("format") == "gehoor-bound":
            self._reword(node.place, text, written_bound(canonical_bound(text, self.source), self.target))
        elif schema.get("type") == "boolean" and text in self.source.booleans:
            self._reword(node.place, text, self.target.boolean_word(truth=self.source.booleans[text]))

    def _places(self) -> dict[str, str]:
        canonical = {name: name for name in self.target.written_placeholders}
        return {**canonical, **self.source.placeholders}

    def _duration(self, text: str, *, reminder: bool) -> str:
        bare = without_suffix(text, self.source) if reminder else text
        try:
            duration = parse_duration(
                bare, {word: Unit(unit) for word, unit in self.source.duration_units.items()}
            )
        except DurationError:
            return text
        words = self.target.unit_words(duration.unit.value)
        written = f"{duration.amount} {words[-1] if duration.amount == 1 else words[0]}"
        return written if bare == text else f"{written} {self.target.reminder_suffixes[0]}"

    def _day(self, text: str) -> str:
        try:
            return written_day(read_day(text, self.source), self.target)
        except ValueError:
            return text

    def _reword(self, place: Place, old: str, new: str) -> None:
        edit = self.tokens.reworded(place, old, new)
        if edit:
            self.edits.append(edit)
