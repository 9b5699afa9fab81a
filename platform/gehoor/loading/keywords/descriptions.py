"""What files, groups, keywords and fixed values mean, in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True)
class FileDescription:
    """A kind of file: what its schema is called, its title, where it stands, and what it says."""

    name: str
    title: str
    where: str
    says: str


@dataclass(frozen=True)
class Descriptions:
    """The descriptions in one language."""

    files: Mapping[str, FileDescription]
    """Kind of file -> its description."""
    groups: Mapping[str, str]
    keywords: Mapping[str, str]
    standard: Mapping[str, str]
    """Words of JSON Schema and HTML."""
    labels: Mapping[str, str]
    """How a word of JSON Schema is called on a page."""
    values: Mapping[str, str]
    special: Mapping[str, str]
    """``group.keyword`` or ``keyword.value``, where a word says something of its own."""

    units: Mapping[str, str]
    places: Mapping[str, str]
    examples: Mapping[str, str]
    """Keyword, or ``group.keyword`` -> how it may be filled in, as it is typed."""

    def keyword(self, canonical: str, group: str, *, standard: bool) -> str:
        """Return what a keyword means in a group."""
        words = self.standard if standard else self.keywords
        return self.special.get(f"{group}.{canonical}") or words[canonical]

    def label(self, word: str) -> str:
        """Return how a keyword, in the words of a file, is called on a page."""
        called = self.labels.get(word) or word.replace("-", " ").lstrip("$")
        return called[:1].upper() + called[1:]

    def example(self, canonical: str, group: str) -> str:
        """Return an example of what stands at a keyword; nothing when that is a group of its own."""
        return self.examples.get(f"{group}.{canonical}") or self.examples.get(canonical, "")

    def value(self, canonical: str, keyword: str) -> str:
        """Return what a fixed value of a keyword means."""
        return self.special.get(f"{keyword}.{canonical}") or self.values[canonical]


@cache
def load_descriptions(language: str) -> Descriptions:
    """Return the descriptions in a language that is shipped."""
    source = files("gehoor") / "schemas" / "descriptions" / f"{language}.yaml"
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(source.read_text("utf-8"))
    return Descriptions(
        files={kind: FileDescription(**content) for kind, content in data["files"].items()},
        groups=data["groups"],
        keywords=data["keywords"],
        standard=data["standard"],
        labels=data.get("labels", {}),
        values=data["values"],
        special=data["in-groups"],
        units=data["units"],
        places=data["places"],
        examples={word: str(example) for word, example in data.get("examples", {}).items()},
    )
