"""A condition as rows that people fill in: about which field, how it is compared, and with what."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import OPERATORS, ORDERING, Operator
from gehoor.core.conditions.parse import DAYS, QUANTIFIERS
from gehoor.core.forms.fields import type_of
from gehoor.core.forms.parse import members_of
from gehoor.core.proposals.sheets import Choice, ConditionRow, Kind, told_apart
from gehoor.loading.editing.edits import changed, with_item, without
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.spans import Step
from gehoor.loading.editing.values import Value, Word
from gehoor.loading.keywords.meta_schemas import Schema, resolve
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.source.nodes import MappingNode, Member, Node, ScalarNode, SequenceNode

PLAIN: Final = ""
"""The way of a comparison that only names a value, or some of which one must be it."""
GONE: Final = "-"
"""The way of a row that somebody takes away."""
MORE: Final = "+"
"""The way of a row that is new; then comes the keyword of the group that it stands in, if any."""
GROUPS: Final = ("any-of", "none-of")
"""The keywords under which conditions stand of which one holds, or none."""
_FILLED: Final = "filled"
_SAYS: Final = ": "
_BOTH: Final = {
    (False, True): "is ja",
    (False, False): "is nee",
    (True, True): "is ingevuld, wat er ook staat",
    (True, False): "is niet ingevuld",
}
"""How people read that an answer is yes or no, and that there is one at all."""
_LISTS: Final = {"any-of": Operator.ONE_OF, "none-of": Operator.NONE_OF}
_SAID_PLAINLY: Final = ("is", "any-of")
"""What a value alone says too: shown where it stands, and not offered beside it."""
_NUMERIC: Final = (FactType.INTEGER, FactType.DECIMAL, FactType.BOOLEAN)
_DAYS: Final = (FactType.DATE, FactType.INSTANT)
_FIRST: Final = {
    FactType.BOOLEAN: "ja",
    FactType.INTEGER: "1",
    FactType.DECIMAL: "1",
    FactType.DATE: "2026-01-15",
    FactType.INSTANT: "2026-01-15T09:00:00Z",
}
_DOTS: Final = "..."
"""What stands for an answer that somebody still has to write."""


def is_condition(schema: Schema) -> bool:
    """Say whether a part of a meta-schema is that of a condition: some keywords, and any field beside them."""
    return bool(
        schema.get("x-whole")
        and schema.get("properties")
        and isinstance(schema.get("additionalProperties"), dict)
    )


def is_answers(schema: Schema) -> bool:
    """Say whether a part of a meta-schema is that of answers: any field, each with what is answered to it; or other
    things by name, each with a value or some."""
    others = schema.get("additionalProperties")
    if not isinstance(others, dict):
        return False
    valued = "anyOf" in others and "properties" not in schema
    return valued or str(others.get("$ref", "")).endswith("/field-value")


@dataclass(frozen=True)
class AskedFields:
    """The fields that a condition can be about. ``data``: canonical, by name."""

    data: Mapping[str, Any]

    def choices(self) -> tuple[Choice, ...]:
        """Return them as what one chooses from."""
        return self._choices

    @cached_property
    def _choices(self) -> tuple[Choice, ...]:
        titles = ((name, one.get("title")) for name, one in self.data.items())
        return told_apart((name, said if isinstance(said, str) else name) for name, said in titles)

    def label(self, name: str) -> str:
        """Return how people know a field."""
        return next((one.label for one in self._choices if one.value == name), name)

    def values(self, name: str) -> tuple[Choice, ...]:
        """Return what can be answered to a field, where that is a choice."""
        field = self.data.get(name) or {}
        lists = field.get("items") or {} if field.get("type") == "array" else field
        found = [(str(one), str(one)) for one in lists.get("enum") or ()]
        found += [(str(one.get("const")), str(one.get("title", ""))) for one in lists.get("oneOf") or ()]
        return told_apart((code, title or code) for code, title in found)

    def fact_type(self, name: str) -> FactType | None:
        """Return what kind of thing the answer of a field is; None where nobody knows."""
        known = type_of(self.data[name]) if name in self.data else None
        return known.fact_type if known else None


def fields_at(data: Mapping[str, Any], fields: Mapping[str, Any], canonical: tuple[Step, ...]) -> AskedFields:
    """Return the fields that a condition at a place is about: those of the dossier, or of a row of the list that it
    stands in. ``data``: of a department; ``fields``: of its dossier; ``canonical``: the path of the condition."""
    if canonical[:1] == ("tasks",) and len(canonical) > 1:
        every = ((data.get("tasks") or {}).get(canonical[1]) or {}).get("every", "")
        return AskedFields(members_of(fields.get(every) or {}) or fields)
    if "items" in canonical and "properties" in canonical:
        name = str(canonical[canonical.index("properties") + 1])
        return AskedFields(members_of(fields.get(name) or {}) or fields)
    return AskedFields(fields)


def rows(
    node: Node | None, schema: Schema, comparison: Schema, fields: AskedFields, words: Vocabulary
) -> Iterator[ConditionRow]:
    """Yield what a condition asks of each field. ``schema``: of the condition; ``comparison``: of a comparison with
    keywords."""
    for member in node.members if isinstance(node, MappingNode) else ():
        if words.keyword(member.key) not in schema.get("properties", {}):
            yield _row(member, comparison, fields, words)


def _row(member: Member, comparison: Schema, fields: AskedFields, words: Vocabulary) -> ConditionRow:
    name, node = member.key, member.value
    way, texts, shown = _compared(node, words)
    of = fields.fact_type(name)
    keyword = words.keyword(way) if way else PLAIN
    shown = shown and keyword not in QUANTIFIERS and of is not FactType.GROUPS
    values = fields.values(name)
    if keyword == _FILLED:
        # Whether there is an answer is a way of its own: what it is compared with stays free for another.
        way, texts = _said(way, texts[0] if texts else "", words), ()
    elif of is FactType.BOOLEAN and shown:
        way, texts, shown = _said(words.word("is"), texts[0], words), (), len(texts) == 1
    if of is FactType.BOOLEAN:
        kind = Kind.YES_NO
    elif values and keyword not in ORDERING:
        kind = Kind.CHOICES
    else:
        kind = Kind.TEXT
        shown = shown and len(texts) <= 1
    return ConditionRow(
        field=name,
        label=fields.label(name),
        kind=kind if shown else Kind.PART,
        way=way,
        ways=tuple(_ways(comparison, of, way, words, coded=bool(values))),
        texts=texts,
        values=values,
        exists=name in fields.data,
    )


def _compared(node: Node, words: Vocabulary) -> tuple[str, tuple[str, ...], bool]:
    """Return how a field is compared and with what, and whether that says all that stands there."""
    if isinstance(node, MappingNode):
        if len(node.members) != 1 or isinstance(node.members[0].value, MappingNode):
            return PLAIN, (), False
        way, texts, shown = node.members[0].key, *_compared(node.members[0].value, words)[1:]
        return way, texts, shown
    if isinstance(node, SequenceNode):
        plain = all(isinstance(one, ScalarNode) for one in node.items)
        return PLAIN, tuple(one.text for one in node.items if isinstance(one, ScalarNode)), plain
    return PLAIN, (node.text,), True


def _ways(
    comparison: Schema, of: FactType | None, now: str, words: Vocabulary, *, coded: bool
) -> Iterator[Choice]:
    """Yield how a field of a type can be compared, the way of now among them."""
    if of is FactType.BOOLEAN:
        yield from _both(words.word("is"), words)
    else:
        yield Choice(PLAIN, words.word("is").replace("-", " "))
    for keyword in comparison.get("properties", {}):
        word = words.word(keyword)
        if keyword == _FILLED:
            yield from _both(word, words)
        elif word == now or (keyword not in _SAID_PLAINLY and _fits(keyword, of, coded=coded)):
            yield Choice(word, word.replace("-", " "))


def _both(word: str, words: Vocabulary) -> Iterator[Choice]:
    for truth in (True, False):
        said = _said(word, words.boolean_word(truth=truth), words)
        yield Choice(said, _BOTH[words.keyword(word) == _FILLED, truth])


def _said(word: str, said: str, words: Vocabulary) -> str:
    """Return the way of a comparison with yes or no: what it is compared with is in it."""
    truth = words.booleans.get(said.casefold(), said.casefold() == "true")
    return f"{word}{_SAYS}{words.boolean_word(truth=truth)}"


def _fits(keyword: str, of: FactType | None, *, coded: bool) -> bool:
    if of is None or of is FactType.BOOLEAN or keyword in QUANTIFIERS:
        return False
    if keyword in DAYS:
        return of in _DAYS
    if keyword in _LISTS:
        return coded and _LISTS[keyword] in OPERATORS[of]
    operator = Operator(keyword)
    if operator is Operator.CONTAINS and coded:
        # One answer is that answer; only of several can one be among them.
        return of is FactType.CODES
    return operator in OPERATORS[of] and not (of in _DAYS and operator in ORDERING)


def written(way: str, texts: Sequence[str], of: FactType | None, words: Vocabulary) -> Value:
    """Return a comparison as it is written. ``texts``: what was chosen or typed, at least one; none where it is asked
    whether there is an answer."""
    word, _, said = way.partition(_SAYS)
    if said:
        return Word(said) if of is FactType.BOOLEAN and words.keyword(word) == "is" else {word: Word(said)}
    keyword = words.keyword(way) if way else PLAIN
    bare = of in _NUMERIC
    values: list[Value] = [Word(one) if bare else one for one in texts]
    if keyword in _LISTS:
        return {way: values}
    several = values if len(values) > 1 else values[0]
    if not way:
        return several
    if len(values) > 1 and keyword == Operator.IS_NOT:
        return {words.word("none-of"): values}
    return {way: values[0]}


def comparison_in(schema: Schema, document: str) -> Schema:
    """Return the part of the meta-schema for a comparison with keywords, from that for a condition."""
    below, document = resolve(schema["additionalProperties"], document)
    options = (resolve(one, document)[0] for one in below.get("anyOf", (below,)))
    return next((one for one in options if one.get("type") == "object"), {})


def begun(name: str, words: Vocabulary) -> Value:
    """Return the condition that a field is filled in: what any field can be asked."""
    return {name: {words.word(_FILLED): Word(words.boolean_word(truth=True))}}


def begun_answer(name: str, fields: AskedFields) -> Value:
    """Return an answer to a field to begin with: the first that it can have, for who fills it in to change."""
    of, values = fields.fact_type(name), fields.values(name)
    first = values[0].value if values else _FIRST.get(of) if of else None
    if first is None:
        return _DOTS
    one: Value = Word(first) if of in _NUMERIC else first
    return [one] if of is FactType.CODES else one


def with_rows(text: str, at: Steps, given: Sequence[str], filling: Filling) -> str:
    """Return a text with the condition at a place as somebody filled it in. ``given``: for each row in JSON the field,
    the way, and the values; what is not among them stays. Raises ``KeyError`` and ``NoSpansError``, and ``ValueError``
    for a way that no page offers."""
    known = {one.field: one for one in filling.shown}
    for name, way, *texts in map(json.loads, given):
        row = known.get(name)
        if way == MORE:
            text = _with_more(text, at, name, "".join(texts), filling)
        elif way == GONE and row is not None:
            text = without(text, (*at, name))
        elif row is not None:
            text = _with_row(text, (*at, name), row, (way, [one for one in texts if one.strip()]), filling)
    return text


def _with_row(text: str, at: Steps, row: ConditionRow, given: tuple[str, list[str]], filling: Filling) -> str:
    way, said = given
    if (way, said) == (row.way, [one for one in row.texts if one.strip()]):
        return text
    if row.kind is Kind.PART or way not in {row.way, *(one.value for one in row.ways)}:
        raise ValueError(way)
    if _SAYS in way and way == row.way and said:
        # Whoever chose an answer means that it is that.
        way = PLAIN
    if _SAYS in way:
        said = []
    elif not said:
        return text
    if (way, said) == (row.way, list(row.texts)):
        return text
    of = filling.fields.fact_type(row.field)
    if filling.answers and of is FactType.CODES:
        return changed(text, at, said)
    return changed(text, at, written(way, said, of, filling.words))


@dataclass(frozen=True)
class Filling:
    """What a condition is filled in with: what it showed, and the words of its file."""

    shown: Sequence[ConditionRow]
    fields: AskedFields
    words: Vocabulary
    answers: bool = False
    """Whether it is what was answered, and asks nothing."""


def _with_more(text: str, at: Steps, name: str, group: str, filling: Filling) -> str:
    """Return a text that asks one thing more: beside the rest, or as an alternative in a group. A field of which
    something is asked already stays as it is."""
    if filling.answers:
        known = {one.field for one in filling.shown}
        return text if name in known else _put(text, (*at, name), begun_answer(name, filling.fields))
    of = filling.fields.fact_type(name)
    yes = Word(filling.words.boolean_word(truth=True))
    more = {name: yes} if of is FactType.BOOLEAN else begun(name, filling.words)
    assert isinstance(more, Mapping)
    if not group and name in {one.field for one in filling.shown}:
        return text
    if not group:
        return _put(text, (*at, name), more[name])
    try:
        return with_item(text, (*at, group), more)
    except KeyError:
        return _put(text, (*at, group), [more])


def _put(text: str, at: Steps, value: Value) -> str:
    try:
        return changed(text, at, value)
    except KeyError:
        return changed(text, at[:-1], {str(at[-1]): value})
