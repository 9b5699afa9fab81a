"""From a validation error on canonical data to a problem at the right place, in the file's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jsonschema.exceptions import ValidationError

from gehoor.core.text.problems import Problem
from gehoor.loading.keywords.meta_schemas import file_validator
from gehoor.loading.keywords.vocabulary import Vocabulary
from gehoor.loading.merge.canonical import Canonical
from gehoor.loading.merge.invalid_parts import Fault
from gehoor.loading.merge.source_map import Path
from gehoor.loading.validation.acceptance import acceptance
from gehoor.loading.validation.context import FileWords, Refusal
from gehoor.loading.validation.formats import format_checker
from gehoor.loading.validation.kinds import kind_words
from gehoor.loading.validation.messages import TELLERS, wrong_name


def schema_faults(canonical: Canonical, kind: str, vocabulary: Vocabulary) -> list[Fault]:
    """Return everything in a file that its meta-schema refuses, in the order of the file."""
    if acceptance(kind)(canonical.data):
        return []
    words = FileWords(canonical.spots, vocabulary, kind)
    errors = file_validator(kind, format_checker()).iter_errors(canonical.data)
    faults = [fault for error in errors for fault in _tell(words, error)]
    return sorted(faults, key=lambda fault: fault.problem.place)


def _tell(words: FileWords, error: ValidationError) -> Iterator[Fault]:
    if error.validator == "anyOf":
        yield from _alternatives(words, error)
        return
    refusal = Refusal.of(error)
    if "propertyNames" in error.absolute_schema_path:
        yield Fault((*refusal.path, refusal.value), wrong_name(words, refusal))
        return
    for below, problem in TELLERS[refusal.rule](words, refusal):
        yield Fault((*refusal.path, *below), problem)


def _alternatives(words: FileWords, error: ValidationError) -> Iterator[Fault]:
    """The alternatives differ in form (a value, a list, a group); the one of this form is what was meant."""
    by_option: dict[object, list[ValidationError]] = {}
    for inner in error.context or ():
        by_option.setdefault(inner.schema_path[0], []).append(inner)
    depth = len(error.absolute_path)
    either = _or_a_list(words, error, by_option)
    if either:
        yield Fault(tuple(error.absolute_path), either)
        return
    for inners in by_option.values():
        if not any(inner.validator == "type" and len(inner.absolute_path) == depth for inner in inners):
            for inner in inners:
                yield from _tell(words, inner)
            return
    path: Path = tuple(error.absolute_path)
    wanted = " of ".join(kind_words(_types(by_option)))
    yield Fault(path, words.wrong_kind(path, wanted, error.instance))


def _or_a_list(
    words: FileWords, error: ValidationError, by_option: Mapping[object, list[ValidationError]]
) -> Problem | None:
    """A word that is none of the choices, where a list is fine too: a list of one was meant."""
    refused = [inner for inners in by_option.values() for inner in inners]
    choices = [inner for inner in refused if inner.validator == "enum"]
    lists = [inner for inner in refused if inner.validator == "type" and inner.validator_value == "array"]
    if not (choices and lists and isinstance(error.instance, str) and error.instance):
        return None
    (_, problem), *_ = TELLERS["enum"](words, Refusal.of(choices[0]))
    if not problem.details["hint"]:
        hint = f" Is het een rol, zet er dan haakjes om: [{error.instance}]"
        return Problem(problem.place, problem.code, {**problem.details, "hint": hint})
    return problem


def _types(by_option: Mapping[object, list[ValidationError]]) -> list[str]:
    found: list[str] = []
    for inner in (inner for inners in by_option.values() for inner in inners if inner.validator == "type"):
        wanted = Refusal.of(inner).wanted
        found += [wanted] if isinstance(wanted, str) else list(wanted)
    return found
