"""What a meta-schema refuses, and the words and places of the file that it is told with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from jsonschema.exceptions import ValidationError

from gehoor.core.text.problems import Problem
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.merge.source_map import Path, Spot, Spots
from gehoor.loading.validation.kinds import found_kind


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal: the rule of JSON Schema, what it wanted, what it got, where."""

    rule: str
    wanted: Any
    value: Any
    path: Path
    schema: Mapping[str, Any]

    @classmethod
    def of(cls, error: ValidationError) -> Refusal:
        """Return the refusal that a validation error is."""
        schema = cast(Mapping[str, Any], error.schema)
        path: Path = tuple(error.absolute_path)
        return cls(str(error.validator), error.validator_value, error.instance, path, schema)


@dataclass(frozen=True, slots=True)
class FileWords:
    """The places and words of one file. ``kind``: which kind of file it is."""

    spots: Spots
    vocabulary: Vocabulary
    kind: str = ""

    def spot(self, path: Path) -> Spot:
        """Return the spot of a path."""
        return self.spots.nearest(path)

    def word(self, path: Path) -> str:
        """Return the keyword that a value belongs to, as it is written in the file."""
        return ([*self.spots.words(path)] or ["dit bestand"])[-1]

    def keyword(self, canonical: str, schema: Mapping[str, Any]) -> str:
        """Return how a keyword of a group is written: as JSON Schema has it, or in the file's language."""
        return canonical if canonical in schema.get("x-json-schema", ()) else self.vocabulary.word(canonical)

    def problem(self, path: Path, code: str, **details: Any) -> Problem:
        """Return a problem at the value of a path."""
        return Problem(self.spot(path).value, code, {"word": self.word(path), **details})

    def wrong_kind(self, path: Path, wanted: str, value: object, told: str = "") -> Problem:
        """Return the problem of a value of another kind than wanted. ``told``: how it is written."""
        return self.problem(path, "verkeerde-soort", wanted=wanted, found=found_kind(value), told=told)
