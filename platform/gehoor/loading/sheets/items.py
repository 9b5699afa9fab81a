"""The things that stand at a place, as people know them: by their name, their question, or what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gehoor.core.proposals.sheets import Item
from gehoor.loading.editing.spans import Step
from gehoor.loading.keywords.descriptions import load_descriptions
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE
from gehoor.loading.merge.canonical import known_keyword, meant
from gehoor.loading.merge.located_document import value_at
from gehoor.loading.sheets.higher import whole_path
from gehoor.loading.sheets.known_names import named_kind
from gehoor.loading.sheets.places import Found, Source, below
from gehoor.loading.source.nodes import MappingNode, Member, Node, ScalarNode, SequenceNode

NAMING: Final = ("name", "title", "what", "question", "message", "case", "subject", "text")
"""The keywords by which people know a thing, the first that is there."""
_NAMED: Final = ("roles", "milestones", "phases", "kinds", "terms")
"""What has a name that people know it by."""
_OF_THE_TEXT: Final = ("$ref", "$comment")
"""What says something of how a file is written, and nothing of the thing."""
_LONGEST: Final = 90


@dataclass(frozen=True)
class Naming:
    """How things are called. ``data``: canonical, of a department: where a file says only what is otherwise, the name
    stands in another."""

    source: Source
    data: Mapping[str, Any] = field(default_factory=dict)

    def items(self, found: Found) -> Iterator[Item]:
        """Yield what stands at a place, one by one."""
        parts: list[tuple[Step, Node]] = []
        if isinstance(found.node, MappingNode):
            parts = [(one.key, one.value) for one in found.node.members]
        elif isinstance(found.node, SequenceNode):
            parts = list(enumerate(found.node.items))
        for step, node in parts:
            one = below(self.source, found, step)
            title = self.title(found, one, step)
            yield Item(step, title, self._note(one, title), node.place.line)

    def title(self, found: Found, one: Found, step: Step) -> str:
        """Return how people know a thing that stands in a group or list: by what it is called, here or where it comes
        from, else by what it says; by the name that somebody gave it in the files, as words."""
        called = self.called(found, one.node) or self._elsewhere(one)
        if called:
            return called
        return _as_words(step) if isinstance(step, str) else self.short(one)

    def called(self, found: Found, node: Node) -> str:
        """Return the name of a thing, its question, or the text that it is; empty: it has none."""
        if isinstance(node, ScalarNode):
            return "" if isinstance(found.node, MappingNode) else cut(node.text)
        if not isinstance(node, MappingNode):
            return ""
        words = {self.source.vocabulary.word(one) for one in NAMING} | set(NAMING)
        said = {one.key: one.value.text for one in node.members if isinstance(one.value, ScalarNode)}
        return next((cut(said[word]) for word in said if word in words), "")

    def _elsewhere(self, one: Found) -> str:
        whole = value_at(dict(self.data), whole_path(self.source, one)) if self.data else None
        if not isinstance(whole, dict):
            return ""
        said = next((whole[word] for word in NAMING if isinstance(whole.get(word), str)), "")
        return cut(said)

    def short(self, one: Found) -> str:
        """Return what a thing says, shortly."""
        if isinstance(one.node, MappingNode):
            members = one.node.members
            said = (f"{self._label(one, each)}: {self._said(one, each)}" for each in members)
            return cut(", ".join(said))
        if isinstance(one.node, SequenceNode):
            parts = (below(self.source, one, at) for at in range(len(one.node.items)))
            return cut(", ".join(map(self.short, parts)))
        return cut(one.node.text)

    def _note(self, one: Found, title: str) -> str:
        if isinstance(one.node, ScalarNode):
            return "" if one.node.text == title else cut(one.node.text)
        if isinstance(one.node, MappingNode):
            plain = (
                f"{self._label(one, each)}: {self._said(one, each).rstrip('.')}"
                for each in one.node.members
                if isinstance(each.value, ScalarNode)
                and cut(each.value.text) != title
                and each.key not in _OF_THE_TEXT
            )
            said = cut(", ".join(plain))
            return "" if said == title else said
        return ""

    def _said(self, one: Found, member: Member) -> str:
        """Return what a thing says at a keyword: of something that has a name, that name."""
        if not isinstance(member.value, ScalarNode):
            return self.short(self._below(one, member))
        text = member.value.text
        for group in _NAMED:
            things = self.data.get(group)
            thing = things.get(text) if isinstance(things, Mapping) else None
            if isinstance(thing, Mapping) and "name" in thing:
                keyword = self.source.vocabulary.keyword(member.key) or member.key
                if named_kind(whole_path(self.source, one), keyword) == group:
                    return cut(str(thing["name"]))
        return cut(text)

    def _below(self, one: Found, member: Member) -> Found:
        return below(self.source, one, member.key)

    def _label(self, one: Found, member: Member) -> str:
        schema, _ = meant(one.node, one.schema, one.document)
        known = known_keyword(member, schema, self.source.vocabulary)
        return load_descriptions(DEFAULT_LANGUAGE).label(member.key) if known else member.key


def _as_words(name: str) -> str:
    """Return a name of the files as people would write it."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def cut(text: str) -> str:
    """Return a text as it fits on a line."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
