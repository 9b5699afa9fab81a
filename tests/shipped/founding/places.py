"""Where something stands: a key in a file of the examples, or a test, written as ``file:key`` and ``file::name``.

A key is a path, with dots: ``klacht.wel``. What only groups others (``termijnen``, ``properties``, ``items`` ...) may
be left out, and an item of a list is named by a value that it has, or by how such a value begins.
"""

from __future__ import annotations

import ast
from functools import cache

from gehoor.loading.source.nodes import MappingNode, Node, ScalarNode, SequenceNode
from gehoor.loading.source.yaml import read_yaml
from tests.shipped.examples import SHIPPED
from tests.support.places import CHECKOUT

PLATFORM = "platform"
"""Stands for what Gehoor does of its own accord, whatever the files say."""

_GROUPS = ("regels", "tabellen", "termijnen", "properties", "items", "$defs", "oneOf", "voorbeelden")


class NotThereError(LookupError):
    """Raised for a place or test that is not there; says which."""


def line_of(place: str) -> int:
    """Return the line in its file of a place ``file:key``."""
    file, _, key = place.partition(":")
    node: Node = _read(file)
    line = 0
    for name in key.split("."):
        found = _inside(node, name)
        if found is None:
            raise NotThereError(place)
        line, node = found
    return line


def line_of_proof(proof: str) -> int:
    """Return the line of a test ``file.py::name``, or of an example ``file.yaml::what it is called``."""
    file, _, name = proof.partition("::")
    lines = _tests(file) if file.endswith(".py") else _examples(file)
    if name not in lines:
        raise NotThereError(proof)
    return lines[name]


@cache
def _read(file: str) -> MappingNode:
    path = SHIPPED / file
    root = read_yaml(path.read_bytes(), file).root if path.is_file() else None
    if root is None:
        raise NotThereError(file)
    return root


def _inside(node: Node, name: str) -> tuple[int, Node] | None:
    """Return the line and the value of what has a name here, or in a group that is left out."""
    if isinstance(node, SequenceNode):
        return _item(node, name)
    if not isinstance(node, MappingNode):
        return None
    members = {member.key: member for member in node.members}
    if name in members:
        return members[name].place.line, members[name].value
    for group in _GROUPS:
        found = _inside(members[group].value, name) if group in members else None
        if found is not None:
            return found
    return None


def _item(node: SequenceNode, name: str) -> tuple[int, Node] | None:
    texts = [(item, _texts(item)) for item in node.items]
    exact = [item for item, said in texts if name in said]
    begun = [item for item, said in texts if any(one.startswith(name) for one in said)]
    return next(((item.place.line, item) for item in exact or begun), None)


def _texts(item: Node) -> list[str]:
    values = [member.value for member in item.members] if isinstance(item, MappingNode) else [item]
    return [value.text for value in values if isinstance(value, ScalarNode)]


@cache
def _tests(file: str) -> dict[str, int]:
    path = CHECKOUT / file
    if not path.is_file():
        raise NotThereError(file)
    tree = ast.parse(path.read_text("utf-8"))
    functions = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))
    return {one.name: one.lineno for one in functions if one.name.startswith("test_")}


@cache
def _examples(file: str) -> dict[str, int]:
    told = _inside(_read(file), "voorbeelden")
    items = told[1].items if told and isinstance(told[1], SequenceNode) else ()
    return {text: item.place.line for item in items for text in _texts(item)}
