"""A control for each keyword of a group: from what the meta-schema says may stand there."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gehoor.core.proposals.sheets import Choice, Control, Kind, told_apart
from gehoor.loading.keywords.descriptions import Descriptions
from gehoor.loading.keywords.inventory import is_standard
from gehoor.loading.keywords.meta_schemas import Schema, resolve
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.merge.canonical import known_keyword, meant
from gehoor.loading.sheets.conditions import (
    GROUPS,
    MORE,
    AskedFields,
    comparison_in,
    is_answers,
    is_condition,
    rows,
)
from gehoor.loading.sheets.places import Found
from gehoor.loading.source.nodes import MappingNode, Member, Node, ScalarNode, SequenceNode

_OF_THE_TEXT: Final = ("language", "$schema")
"""What a file says of how it is written: nobody fills that in on a form."""
_LONG: Final = 70
"""A text longer than this, in signs, is given some lines."""


@dataclass(frozen=True)
class Making:
    """What controls are made with. ``names``: what can be named at a keyword of a place; ``fields``: what a
    condition there can be about; ``typed``: how a value is typed in the file."""

    vocabulary: Vocabulary
    descriptions: Descriptions
    names: Callable[[Found, str], tuple[Choice, ...]]
    fields: Callable[[Found, str], AskedFields]
    typed: Callable[[Member], str]


def controls(found: Found, making: Making) -> tuple[list[Control], list[Control]]:
    """Return the controls for what stands in a group, in the order of the file, and for what could."""
    schema, document = meant(found.node, found.schema, found.document)
    assert isinstance(found.node, MappingNode)
    present = {
        keyword: member
        for member in found.node.members
        if (keyword := known_keyword(member, schema, making.vocabulary)) is not None
    }
    made = [
        _control(found, (schema, document), keyword, member, making)
        for keyword, member in present.items()
        if keyword not in _OF_THE_TEXT
    ]
    absent = (one for one in schema.get("properties", {}) if one not in present and one not in _OF_THE_TEXT)
    more = [_control(found, (schema, document), keyword, None, making) for keyword in absent]
    required = [one for one in more if one.required]
    return [*made, *required], [one for one in more if not one.required]


def _control(
    found: Found, inside: tuple[Schema, str], keyword: str, member: Member | None, making: Making
) -> Control:
    schema, document = inside
    standard = is_standard(keyword, schema)
    word = keyword if standard else making.vocabulary.word(keyword)
    below = schema["properties"][keyword]
    node = member.value if member else None
    options = list(_options(below, document))
    answers = len(options) == 1 and is_answers(options[0][0])
    if answers or (len(options) == 1 and is_condition(options[0][0])):
        kind, choices = Kind.CONDITION, making.fields(found, keyword).choices()
    else:
        kind, choices = _kind(found, (below, document), keyword, node, making)
    example = _plainly(kind, making.descriptions.example(keyword, found.group))
    made = Control(
        word=member.key if member else word,
        label=making.descriptions.label(word),
        help=making.descriptions.keyword(keyword, found.group, standard=standard),
        kind=kind,
        texts=tuple(_texts(kind, member, making)),
        choices=choices,
        required=keyword in schema.get("required", ()),
        present=member is not None,
        line=member.place.line if member else 0,
        column=member.place.column if member else 0,
        example=example,
        usual=() if answers else _usual(kind, choices, example, making.vocabulary),
        summary=_summary(
            Found(node, below, document, "", keyword, (*found.canonical, keyword)) if node else None, making
        )
        if kind is Kind.PART
        else "",
        keyword=keyword,
        answers=answers,
        grows=node is None and kind is Kind.SNIPPET and _is_part(below, document),
        form=next(_formats(below, document), ""),
    )
    if kind is not Kind.CONDITION:
        return made
    inner = Found(node, *options[0], found.group, keyword, (*found.canonical, keyword)) if node else None
    return _as_condition(made, inner, options[0], making.fields(found, keyword), making)


def _plainly(kind: Kind, example: str) -> str:
    """Return an example as one fills it in: a list line by line, a text without quotes."""
    if kind is Kind.LINES and example.startswith("["):
        return "\n".join(one.strip().strip("\"'") for one in example.strip("[]").split(","))
    return example if kind in (Kind.SNIPPET, Kind.CONDITION) else example.strip("\"'")


def _usual(kind: Kind, choices: Sequence[Choice], example: str, words: Vocabulary) -> tuple[str, ...]:
    """Return what is proposed where something has to be said: an example that fits, or the first that can be chosen."""
    if kind is Kind.CONDITION:
        return (json.dumps([choices[0].value, MORE, ""]),) if choices else ()
    if kind in (Kind.CHOICE, Kind.CHOICES):
        named = [one.value for one in choices if not one.alone] or [one.value for one in choices]
        return (example,) if example in named else tuple(named[:1])
    if kind is Kind.YES_NO:
        return (words.boolean_word(truth=True),)
    return (example,) if example and kind is not Kind.PART else ()


def condition(found: Found, fields: AskedFields, making: Making) -> Control:
    """Return the control for a condition that stands at a place by itself."""
    inside = meant(found.node, found.schema, found.document)
    made = Control("", "", "", Kind.CONDITION, choices=fields.choices(), answers=is_answers(inside[0]))
    return _as_condition(made, found, inside, fields, making)


def _as_condition(
    made: Control, found: Found | None, inside: tuple[Schema, str], fields: AskedFields, making: Making
) -> Control:
    words = making.vocabulary
    comparison = {} if made.answers else comparison_in(*inside)
    node = found.node if found else None
    parts: list[Control] = []
    if found and isinstance(node, MappingNode):
        for member in node.members:
            keyword = known_keyword(member, inside[0], words)
            if keyword is not None:
                part = _control(found, inside, keyword, member, making)
                parts.append(replace(part, kind=Kind.PART, summary=part.summary or "\n".join(part.texts)))
    return replace(
        made,
        asked=tuple(rows(node, inside[0], comparison, fields, words)),
        parts=tuple(parts),
        groups=tuple(
            Choice(words.word(one), making.descriptions.keyword(one, "condition", standard=False))
            for one in (() if made.answers else GROUPS)
        ),
    )


def _kind(
    found: Found, inside: tuple[Schema, str], keyword: str, node: Node | None, making: Making
) -> tuple[Kind, tuple[Choice, ...]]:
    options = list(_options(*inside))
    values = [value for schema, _ in options for value in schema.get("enum", ())]
    named = told_apart((making.vocabulary.value_word(one), _said(one, keyword, making)) for one in values)
    fixed = tuple(replace(one, alone=True) for one in named)
    lists = [(schema, where) for schema, where in options if schema.get("type") == "array"]
    simple = any(_is_single(one.get("items", {}), where) for one, where in lists)
    if isinstance(node, MappingNode) or (isinstance(node, SequenceNode) and not simple):
        return (Kind.SNIPPET if _is_free(inside, node) else Kind.PART), ()
    choices = (*fixed, *making.names(found, keyword))
    several = isinstance(node, SequenceNode) or len(lists) == len(options)
    if simple and choices and (several or fixed):
        return Kind.CHOICES, choices
    if simple and several:
        return Kind.LINES, ()
    return _single_kind([schema for schema, _ in options], choices, node), choices


def _single_kind(options: Sequence[Schema], choices: Collection[Choice], node: Node | None) -> Kind:
    """Return how one value is filled in, by what it may be."""
    scalars = [one for one in options if one.get("type") not in ("object", "array")]
    types = {kind for one in scalars for kind in _types(one)}
    if types == {"boolean"}:
        return Kind.YES_NO
    if choices and types <= {"string"}:
        return Kind.CHOICE
    if types and types <= {"integer", "number"}:
        return Kind.NUMBER
    if types == {"string"}:
        return Kind.LONG if _is_long(node) else Kind.TEXT
    return Kind.SNIPPET


def _types(schema: Schema) -> Collection[str]:
    found = schema.get("type", "string" if "enum" in schema or "const" in schema else "")
    return [found] if isinstance(found, str) else found


def _options(schema: Schema, document: str) -> Iterator[tuple[Schema, str]]:
    schema, document = resolve(schema, document)
    if "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _options(one, document)
    else:
        yield schema, document


def _formats(schema: Schema, document: str) -> Iterator[str]:
    """Yield the formats that a value may have, or each of a list."""
    for one, where in _options(schema, document):
        if one.get("type") == "array":
            yield from _formats(one.get("items", {}), where)
        elif "format" in one:
            yield one["format"]


def _is_single(schema: Schema, document: str) -> bool:
    return all(one.get("type") not in ("object", "array") for one, _ in _options(schema, document))


def _is_free(inside: tuple[Schema, str], node: Node) -> bool:
    """Say whether anything may stand there, so that no sheet is better than what is typed: a condition, a value."""
    schema, _ = meant(node, *inside)
    mixed = bool(schema.get("properties")) and isinstance(schema.get("additionalProperties"), dict)
    return bool(schema.get("x-whole")) or schema == {} or mixed


def _is_part(schema: Schema, document: str) -> bool:
    """Say whether only a group that the platform knows may stand there, a list of those, or those by name."""
    schema, document = resolve(schema, document)
    if schema.get("type") == "array":
        schema, document = resolve(schema.get("items", {}), document)
    elif not schema.get("properties") and isinstance(schema.get("additionalProperties"), dict):
        schema, document = resolve(schema["additionalProperties"], document)
    return schema.get("type") == "object" and bool(schema.get("properties")) and not schema.get("x-whole")


def _is_long(node: Node | None) -> bool:
    return isinstance(node, ScalarNode) and (len(node.text) > _LONG or "\n" in node.text)


def _said(value: Any, keyword: str, making: Making) -> str:
    word = making.vocabulary.value_word(value)
    try:
        return making.descriptions.value(value, keyword).rstrip(".")
    except KeyError:
        return word


def _texts(kind: Kind, member: Member | None, making: Making) -> Iterator[str]:
    if member is None or kind in (Kind.PART, Kind.CONDITION):
        return
    if kind is Kind.SNIPPET:
        yield making.typed(member)
    elif isinstance(member.value, SequenceNode):
        yield from (one.text for one in member.value.items if isinstance(one, ScalarNode))
    elif isinstance(member.value, ScalarNode):
        yield member.value.text


def _summary(found: Found | None, making: Making) -> str:
    """Return what is in a part, shortly: what its keywords are called, and the names in it."""
    if found is None or isinstance(found.node, ScalarNode):
        return ""
    inside, document = meant(found.node, found.schema, found.document)
    if isinstance(found.node, SequenceNode):
        below = inside.get("items", {})
        items = (
            Found(one, below, document, "", found.keyword, (*found.canonical, at))
            for at, one in enumerate(found.node.items)
        )
        return "; ".join(_summary(one, making) or _text(one.node) for one in items)
    assert isinstance(found.node, MappingNode)
    said = []
    for member in found.node.members:
        known = known_keyword(member, inside, making.vocabulary)
        called = making.descriptions.label(member.key) if known else member.key
        if isinstance(member.value, ScalarNode):
            choices = making.names(found, known) if known else ()
            text = member.value.text
            called = f"{called}: {next((one.label for one in choices if one.value == text), text)}"
        said.append(called)
    return ", ".join(said)


def _text(node: Node) -> str:
    return node.text if isinstance(node, ScalarNode) else ""
