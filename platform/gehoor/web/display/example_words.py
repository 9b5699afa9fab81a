"""An example of rules as people read it: what stands in the dossier, and what has to happen then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from flask_babel import gettext as _

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.web.request.languages import said

Document: TypeAlias = Mapping[str, Any]
_NAMES: Final[Mapping[str, str]] = {
    "required": "fields",
    "notified": "roles",
    "assigned": "roles",
    "approved-by": "roles",
    "blocked": "milestones",
    "reached": "milestones",
    "held-back": "milestones",
    "not-running": "terms",
    "terms": "terms",
}
"""Of which things the names stand under a keyword of what is expected."""


_SAID_OF: Final = frozenset(
    {
        "required", "notified", "blocked", "assigned", "duties", "approved-by", "not-running", "reached",
        "held-back",
    }
)  # fmt: skip
"""Of what is expected, what is said of each thing in a sentence."""


@dataclass(frozen=True)
class ToldExample:
    """An example. ``given``, ``expected``: in words, a line for each."""

    case: str
    given: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True)
class ExampleChanges:
    """What becomes of the examples of an organisation."""

    new: tuple[ToldExample, ...]
    changed: tuple[ToldExample, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def example_changes(before: Iterable[Document], after: Iterable[Document]) -> ExampleChanges:
    """Return which examples come, change and go. ``before``, ``after``: the documents of departments."""
    old, new = _examples(before), _examples(after)
    return ExampleChanges(
        tuple(_told(*one) for case, one in new.items() if case not in old),
        tuple(_told(*one) for case, one in new.items() if case in old and old[case][0] != one[0]),
        tuple(case for case in old if case not in new),
    )


def _examples(documents: Iterable[Document]) -> dict[str, tuple[Mapping[str, Any], Document]]:
    return {
        str(one["case"]): (one, document)
        for document in documents
        for one in document.get("rule-examples") or ()
    }


def _told(example: Mapping[str, Any], document: Document) -> ToldExample:
    fields = _things(document, "fields")
    given = [
        _with(_called(fields, name) if name in fields else name, _value(fields.get(name) or {}, value))
        for name, value in example["given"].items()
    ]
    return ToldExample(str(example["case"]), tuple(given), tuple(_expected(example["expect"], document)))


def _expected(expected: Mapping[str, Any], document: Document) -> Iterator[str]:
    words = {
        "required": _("moet ingevuld zijn"),
        "notified": _("krijgt bericht"),
        "blocked": _("kan niet bereikt worden"),
        "derived": _("krijgt een waarde"),
        "flagged": _("merk"),
        "assigned": _("behandelt het dossier"),
        "duties": _("moet gebeuren"),
        "approved-by": _("keurt goed"),
        "handlers": _("mensen behandelen het samen"),
        "terms": _("laatste dag"),
        "not-running": _("loopt niet"),
        "reached": _("is bereikt"),
        "held-back": _("wordt tegengehouden"),
    }
    fields = _things(document, "fields")
    for key, names in expected.items():
        things = _things(document, _NAMES.get(key, ""))
        if key == "derived":
            shown = [
                _with(_called(fields, one), _value(fields.get(one) or {}, was)) for one, was in names.items()
            ]
        elif isinstance(names, Mapping):
            shown = [f"{_called(things, one)}: {_value({}, was)}" for one, was in names.items()]
        else:
            shown = [_called(things, str(one)) for one in (names if isinstance(names, list) else [names])]
        if key in _SAID_OF:
            yield from (f"{one} {words[key]}" for one in shown)
        else:
            yield f"{words.get(key, key)}: {', '.join(shown)}"


def _with(label: str, value: str) -> str:
    """Put an answer beside what was asked: after a question no other sign comes."""
    return f"{label} {value}" if label.endswith("?") else f"{label}: {value}"


def _things(document: Document, kind: str) -> Mapping[str, Any]:
    if kind == "fields":
        found = ((document.get("forms") or {}).get(DOSSIER_FORM) or {}).get("properties")
    else:
        found = document.get(kind)
    return found if isinstance(found, Mapping) else {}


def _called(things: Mapping[str, Any], name: str) -> str:
    one = things.get(name)
    found = (one.get("name") or one.get("title")) if isinstance(one, Mapping) else None
    return found if isinstance(found, str) else name


def _value(field: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(field, one) for one in value)
    if isinstance(value, bool):
        return said().formats.yes if value else said().formats.no
    listed = field.get("oneOf") or (field.get("items") or {}).get("oneOf") or ()
    return next(
        (str(one["title"]) for one in listed if one.get("const") == value and one.get("title")), str(value)
    )
