"""Forms: fields in order, what is required of every answer, and the check of a set of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import re2
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from gehoor.core.conditions import Condition
from gehoor.core.facts import FactValue
from gehoor.core.fields import KINDS, Field, StoredValue


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern)


def _matches(_: Any, pattern: str, instance: object, __: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield ValidationError("the pattern does not match")


ValueValidator: Any = extend(Draft202012Validator, {"pattern": _matches})  # type: ignore[no-untyped-call]
"""JSON Schema 2020-12 with patterns matched by RE2, which no answer can keep busy."""

_FORMATS = FormatChecker(formats=("date", "date-time", "email"))


@dataclass(frozen=True, slots=True)
class AtLeastOne:
    """At least one of these fields must be answered when the condition holds; else ``refusal`` is said."""

    fields: tuple[str, ...]
    refusal: str
    condition: Condition | None = None


@dataclass(frozen=True)
class Form:
    """A form as agreed. ``preset`` are answers that come with the form and are not asked."""

    id: str
    title: str
    fields: Mapping[str, Field]
    description: str = ""
    required: frozenset[str] = frozenset()
    at_least_one: tuple[AtLeastOne, ...] = ()
    preset: Mapping[str, StoredValue] = field(default_factory=dict)
    _validators: Mapping[str, Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Building a validator is forty times dearer than using one.
        validators = {
            name: ValueValidator(dict(of.schema), format_checker=_FORMATS) for name, of in self.fields.items()
        }
        object.__setattr__(self, "_validators", validators)

    def faults(self, values: Mapping[str, StoredValue]) -> list[FieldFault]:
        """Hold answers against the form's JSON Schema, field by field. Absence is not judged here."""
        faults = []
        for name, value in values.items():
            if name not in self._validators:
                faults.append(FieldFault(name, "unknown", None))
                continue
            instance = KINDS["decimal"].fact(value) if self.fields[name].kind == "decimal" else value
            error = next(iter(self._validators[name].iter_errors(instance)), None)
            if error is not None:
                faults.append(FieldFault(name, str(error.validator), error.validator_value))
        return faults


@dataclass(frozen=True, slots=True)
class FieldFault:
    """An answer that the form does not accept: which rule of JSON Schema, and its bound."""

    field: str
    rule: str
    bound: Any


def facts_of(fields: Mapping[str, Field], values: Mapping[str, StoredValue]) -> dict[str, FactValue]:
    """Return the typed facts of a set of answers. Answers to unknown fields are left out."""
    return {name: KINDS[fields[name].kind].fact(value) for name, value in values.items() if name in fields}
