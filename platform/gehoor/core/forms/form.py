"""Forms: fields in order, what is required of every answer, and the check of a set of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, Final

import re2
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from gehoor.core.conditions.facts import FactValue
from gehoor.core.conditions.model import Condition
from gehoor.core.forms.fields import Field, PlainValue, StoredValue, Translation
from gehoor.core.forms.types.groups import shown_members
from gehoor.core.rules import names as rule_names
from gehoor.core.text.contacts import is_email


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern)


def _matches(_: Any, pattern: str, instance: object, __: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield ValidationError("the pattern does not match")


def _is_one_of(
    validator: Any, alternatives: Sequence[Any], instance: object, schema: Any
) -> Iterator[ValidationError]:
    """Judge as the standard says; a text in a list of choices without a validator for each of them."""
    choices = _choices(alternatives) if isinstance(instance, str) else None
    if choices is None or choices.count(instance) != 1:
        yield from _ONE_OF(validator, alternatives, instance, schema)


def _choices(alternatives: Sequence[Any]) -> list[Any] | None:
    """Return what may be chosen, when the alternatives say no more of a value than what it is."""
    found = []
    for one in alternatives:
        if not isinstance(one, Mapping) or "const" not in one or len(_SAYS_MORE & one.keys()):
            return None
        found.append(one["const"])
    return found


_ONE_OF: Final = Draft202012Validator.VALIDATORS["oneOf"]
_SAYS_MORE: Final = Draft202012Validator.VALIDATORS.keys() - {"const"}

ValueValidator: Any = extend(  # type: ignore[no-untyped-call]  # no types
    Draft202012Validator, {"pattern": _matches, "oneOf": _is_one_of}
)
"""JSON Schema 2020-12 with patterns matched by RE2, which no answer can keep busy."""

LONGEST_ANSWER: Final = 50_000
"""How many signs an answer may have of which its form says no length."""
_FORMATS = FormatChecker(formats=("date", "date-time"))
_FORMATS.checks("email")(lambda value: not isinstance(value, str) or is_email(value))


@dataclass(frozen=True, slots=True)
class AtLeastOne:
    """At least one of these fields must be answered when the condition holds; else ``refusal`` is said."""

    fields: tuple[str, ...]
    refusal: str
    condition: Condition | None = None
    translations: Mapping[str, str] = field(default_factory=dict)
    """The refusal in other languages."""


@dataclass(frozen=True, slots=True)
class Step:
    """Fields that people outside are asked together, on one page. Without a ``name`` the question itself is enough."""

    fields: tuple[str, ...]
    name: str = ""
    explanation: str = ""
    translations: Mapping[str, StepTranslation] = field(default_factory=dict)
    langs: Mapping[str, str] = field(default_factory=dict)
    """Of a form in another language: in which language its name and explanation are."""

    show_if: Condition | None = None
    """When it is asked; each of its fields is shown in that case only."""
    anchor: str = ""
    """Of a step that asks less than it could: its first field, shown now or not."""

    @property
    def id(self) -> str:
        """What the step is called in an address: its first field, which no other step asks."""
        return self.anchor or self.fields[0]


@dataclass(frozen=True, slots=True)
class StepTranslation:
    """The name and explanation of a step in another language; empty where there is none."""

    name: str = ""
    explanation: str = ""


@dataclass(frozen=True, eq=False)
class Form:
    """A form as agreed. ``preset`` are answers that come with the form and are not asked.

    It is known by which object it is, as an agreement is."""

    id: str
    title: str
    fields: Mapping[str, Field]
    description: str = ""
    required: frozenset[str] = frozenset()
    at_least_one: tuple[AtLeastOne, ...] = ()
    dependent_required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field -> the fields that are required when it is answered."""
    preset: Mapping[str, StoredValue] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    """Which fields stand together for people outside, as agreed; none: see ``form_steps``."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    langs: Mapping[str, str] = field(default_factory=dict)
    """Of a form in another language: in which language its title and description are."""
    _validators: dict[tuple[str, str], Any] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """By field, and member of a list of groups: building one is forty times dearer than using it."""

    @cached_property
    def conditional(self) -> Mapping[str, str]:
        """The fields that are shown under a condition, each with the name of that condition."""
        return {
            name: rule_names.shown(self.id, name)
            for name, of in self.fields.items()
            if of.show_if is not None
        }

    @cached_property
    def read_only(self) -> frozenset[str]:
        """The fields that nobody changes."""
        return frozenset(name for name, of in self.fields.items() if of.read_only)

    @cached_property
    def filled_in(self) -> tuple[Field, ...]:
        """The fields that have an answer before anybody gave one: a default, or what the moment says."""
        return tuple(of for of in self.fields.values() if of.default is not None or of.automatic)

    def faults(self, values: Mapping[str, StoredValue]) -> list[FieldFault]:
        """Hold answers against the form's JSON Schema, field by field, and in rows member by member.

        That a field has no answer is not judged here, but for the members that every row must have.
        """
        faults = []
        for name, value in values.items():
            if name not in self.fields:
                faults.append(FieldFault(name, "unknown", None))
                continue
            faults += self._fault((name, ""), self.fields[name], value)
            if self.fields[name].type.has_rows and isinstance(value, list):
                for number, row in enumerate(value, start=1):
                    if isinstance(row, dict):
                        faults += self._row_faults(self.fields[name], number, row)
        return faults

    def _fault(self, key: tuple[str, str], of: Field, value: StoredValue) -> Iterator[FieldFault]:
        validator = self._validators.get(key)
        if validator is None:
            validator = self._validators[key] = ValueValidator(dict(of.schema), format_checker=_FORMATS)
        error = next(iter(validator.iter_errors(of.type.judged(value))), None)
        if error is not None:
            yield FieldFault(key[0], str(error.validator), error.validator_value, member=key[1])
        elif isinstance(value, str) and len(value) > LONGEST_ANSWER and "maxLength" not in of.schema:
            yield FieldFault(key[0], "maxLength", LONGEST_ANSWER, member=key[1])

    def _row_faults(self, of: Field, number: int, row: Mapping[str, PlainValue]) -> Iterator[FieldFault]:
        shown = shown_members(row, of)
        for name, member in of.members.items():
            if name in row:
                for fault in self._fault((of.id, name), member, row[name]):
                    yield replace(fault, row=number)
            elif name in of.required_members and name in shown:
                yield FieldFault(of.id, "required", None, number, name)


@dataclass(frozen=True, slots=True)
class FieldFault:
    """An answer that the form does not accept: which rule of JSON Schema, and its bound.

    ``row`` (counted from 1) and ``member`` say where in a list of groups.
    """

    field: str
    rule: str
    bound: Any
    row: int = 0
    member: str = ""


def facts_of(fields: Mapping[str, Field], values: Mapping[str, StoredValue]) -> dict[str, FactValue]:
    """Return the typed facts of a set of answers. Answers to unknown fields are left out."""
    return {
        name: fields[name].type.fact(value, fields[name]) for name, value in values.items() if name in fields
    }
