"""An XLSForm among the files of an organisation: its questions as fields of the dossier, and a form that asks them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.exchange.xlsform_model import Step, TakenForm
from gehoor.loading.editing.edits import changed, with_item
from gehoor.loading.editing.spans import NoSpansError, node_at, spans_of
from gehoor.loading.editing.values import value_of
from gehoor.loading.exchange.form_words import form_text
from gehoor.loading.keywords.vocabulary import (
    DEFAULT_LANGUAGE,
    Vocabulary,
    load_vocabulary,
    shipped_languages,
)

_DIALECT: Final = "urn:gehoor:formulier:1"
_ENDING: Final = ".schema.yaml"
_FREE: Final = "PX"
_SENSITIVE: Final = "P2"
_QUESTIONS: Final = "-vragen"
_REMARK: Final = "Overgenomen uit een XLSForm. Kijk na: de fase, de persoonsgegevens, en wie wat ziet."


class NoPlaceError(Exception):
    """A form has no place among these files. ``reason``: ``taken`` (there is one of this name), ``files`` (the files of
    the organisation are not there, or written in a way that they can only be changed as a text)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def with_form(
    sources: Mapping[str, bytes],
    organisation: str,
    name: str,
    form: TakenForm,
    how: tuple[str, Collection[str]],
) -> dict[str, bytes]:
    """Return the files that are new or other with a form more. ``how``: the phase of its questions, and the fields of
    which Gehoor knows what they mean: those come along from another form. Raises ``NoPlaceError``."""
    phase, meant = how
    main = f"definitions/{organisation}/organisatie.yaml"
    if main not in sources:
        raise NoPlaceError("files")
    try:
        text = sources[main].decode("utf-8")
        words = _words(text)
        uses, forms = words.word("uses"), words.word("forms")
        named = _named(text, (uses, forms))
        questions = f"forms/{organisation}/{name}{_QUESTIONS}{_ENDING}"
        asking = f"forms/{organisation}/{name}{_ENDING}"
        if name in named or questions in sources or asking in sources:
            raise NoPlaceError("taken")
        dossier = f"forms/{named.get(DOSSIER_FORM, '')}{_ENDING}"
        if dossier not in sources:
            raise NoPlaceError("files")
        there = sources[dossier].decode("utf-8")
        base = _base(sources, organisation, named, meant)
        shared = _shared(form, phase)
        return {
            questions: form_text(shared, words, _REMARK).encode(),
            asking: form_text(_asking(form, name, base), words, _REMARK).encode(),
            dossier: _joined(there, _relative(dossier, questions)).encode(),
            main: changed(text, (uses, forms, name), f"{organisation}/{name}").encode(),
        }
    except (NoSpansError, KeyError, UnicodeDecodeError, AttributeError, TypeError) as error:
        raise NoPlaceError("files") from error


def _words(text: str) -> Vocabulary:
    root: Any = value_of(spans_of(text))
    said = next((str(root[one]) for one in ("taal", "language") if one in root), "")
    return load_vocabulary(said if said in shipped_languages() else DEFAULT_LANGUAGE)


def _named(text: str, path: tuple[str, str]) -> dict[str, str]:
    found = value_of(node_at(spans_of(text), path))
    return {str(name): str(one) for name, one in found.items()} if isinstance(found, Mapping) else {}


def _relative(file: str, other: str) -> str:
    """Return how one file names another below ``forms``."""
    folder, name = other.split("/")[1], other.rpartition("/")[2]
    return name if file.split("/")[1] == folder else f"../{folder}/{name}"


def _joined(text: str, ref: str) -> str:
    """Return a form that takes over a group of fields more."""
    one = {"$ref": ref}
    if spans_of(text).place_of("allOf") is None:
        return changed(text, ("allOf",), [one])
    return with_item(text, ("allOf",), one)


def _shared(form: TakenForm, phase: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, said in form.fields.items():
        free = said.get("type") == "string" and not {"oneOf", "format"} & said.keys()
        files = said.get("widget") == "attachments"
        fields[name] = {**said, "phase": phase, "personal-data": _FREE if free or files else _SENSITIVE}
    return {
        "$schema": _DIALECT,
        "language": DEFAULT_LANGUAGE,
        "title": form.title,
        "type": "object",
        "properties": fields,
    }


def _asking(form: TakenForm, name: str, base: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form for outside: all questions, and what another form asks that every dossier needs."""
    properties = {one: {"$ref": f"{name}{_QUESTIONS}{_ENDING}#/properties/{one}"} for one in form.fields}
    steps = [*map(_step, form.steps)]
    if steps:
        steps += [{"fields": [one]} for one in base.get("properties", {})]
    return {
        "$schema": _DIALECT,
        "language": DEFAULT_LANGUAGE,
        "title": form.title,
        **({"translations": dict(form.translations)} if form.translations else {}),
        "type": "object",
        "properties": {**properties, **base.get("properties", {})},
        "required": [*form.required, *base.get("required", ())],
        **({"steps": steps} if steps else {}),
        **{word: base[word] for word in ("at-least-one", "preset") if word in base},
    }


def _step(one: Step) -> dict[str, Any]:
    return {
        **({"name": one.name} if one.name else {}),
        **({"translations": dict(one.translations)} if one.name and one.translations else {}),
        "fields": list(one.fields),
    }


def _base(
    sources: Mapping[str, bytes], organisation: str, named: Mapping[str, str], meant: Collection[str]
) -> dict[str, Any]:
    """Return what another form of the organisation asks of everybody: what it requires, what has to be answered for
    that, what Gehoor has to know, and what is filled in by itself. Nothing where there is none in the same folder."""
    for name, place in named.items():
        file = f"forms/{place}{_ENDING}"
        if name != DOSSIER_FORM and place.startswith(f"{organisation}/") and file in sources:
            text = sources[file].decode("utf-8")
            words = _words(text)
            root: Any = value_of(spans_of(text))
            properties, required = root.get("properties", {}), root.get("required", [])
            groups = root.get(words.word("at-least-one"), [])
            if not (isinstance(properties, Mapping) and _is_list(required) and _is_list(groups)):
                continue
            kept = {*map(str, required), *_in_groups(groups, words), *meant}
            found = {one: said for one, said in properties.items() if one in kept}
            preset = root.get(words.word("preset"), {})
            return {
                "properties": found,
                "required": [one for one in map(str, required) if one in found],
                **({"at-least-one": groups} if groups else {}),
                **({"preset": preset} if preset else {}),
            }
    return {}


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _in_groups(groups: Iterable[Any], words: Vocabulary) -> list[str]:
    named: list[str] = []
    for one in groups:
        if isinstance(one, Mapping):
            asked, condition = one.get(words.word("fields"), []), one.get(words.word("if"), {})
            named += [*map(str, asked if _is_list(asked) else ())]
            named += [*map(str, condition if isinstance(condition, Mapping) else ())]
    return named
