"""The shapes of what is answered, in JSON Schema: what programs may count on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gehoor.core.forms.fields import Field

Shape = dict[str, Any]

TEXT: Final[Shape] = {"type": "string"}
_FLAG: Final[Shape] = {"type": "boolean"}
_DAY: Final[Shape] = {"type": "string", "format": "date"}
_INSTANT: Final[Shape] = {"type": "string", "format": "date-time"}
_WHOLE: Final[Shape] = {"type": "integer"}


def ref(name: str) -> Shape:
    """Return a reference to a shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def several(of: Shape) -> Shape:
    """Return the shape of a list."""
    return {"type": "array", "items": of}


def closed(members: Mapping[str, Any], optional: Sequence[str] = ()) -> Shape:
    """Return the shape of an object with these members and no other; all are required but for those ``optional``."""
    return {
        "type": "object",
        "properties": dict(members),
        "required": sorted(set(members) - set(optional)),
        "additionalProperties": False,
    }


def kind_of(of: Field) -> Shape:
    """Return of which kind of JSON an answer is; what it may be beside that, the agreement says in its own words."""
    if of.type.names_people:
        return several(TEXT)
    if of.type.has_rows:
        members = {name: _or_null(kind_of(one)) for name, one in of.members.items()}
        return several({"type": "object", "properties": members})
    kind = of.schema.get("type")
    if kind == "number":
        # As a text nothing of it is lost on the way, and so it is answered.
        return {"type": ["number", "string"]}
    items = of.schema.get("items")
    if kind == "array" and isinstance(items, Mapping) and "type" in items and not of.type.takes_files:
        return several({"type": items["type"]})
    return {"type": kind} if kind else {}


def _or_null(of: Shape) -> Shape:
    return {"anyOf": [of, {"type": "null"}]}


_DUE: Final = closed({"term": TEXT, "name": TEXT, "due": TEXT, "status": TEXT, "days": _or_null(_WHOLE)})
_LISTED: Final = closed(
    {
        "id": TEXT,
        "number": TEXT,
        "organisation": TEXT,
        "department": TEXT,
        "subject": TEXT,
        "kind": TEXT,
        "phase": TEXT,
        "received": TEXT,
        "closed": _FLAG,
        "danger": _FLAG,
        "severity": TEXT,
        "judgement": TEXT,
        "flags": several(TEXT),
        "handlers": several(TEXT),
        "responsible": TEXT,
        "unanswered": _FLAG,
        "changed": TEXT,
        "next_term": _or_null(_DUE),
        "href": TEXT,
    }
)
_TERM: Final = closed(
    {
        "term": TEXT,
        "name": TEXT,
        "status": TEXT,
        "due": _or_null(TEXT),
        "done": _or_null(_INSTANT),
        "responsible": TEXT,
        "row": _WHOLE,
        "why": several(TEXT),
    }
)
_FILE: Final = closed({"id": TEXT, "name": TEXT, "type": TEXT, "size": _WHOLE, "field": TEXT, "href": TEXT})
_NOTE: Final = closed({"id": _WHOLE, "at": _INSTANT, "by": TEXT, "text": TEXT, "pinned": _FLAG})
_CONTACT: Final = closed(
    {
        "at": _INSTANT,
        "by": TEXT,
        "on": _DAY,
        "whom": TEXT,
        "way": TEXT,
        "ours": _FLAG,
        "reached": _FLAG,
        "text": TEXT,
    }
)
_SENT: Final = closed({"at": _INSTANT, "way": TEXT, "by": TEXT})
_LETTER: Final = closed(
    {"letter": TEXT, "name": TEXT, "draft": _FLAG, "reached": _FLAG, "sent": several(_SENT)}
)
_PERSON: Final = closed({"account": TEXT, "name": TEXT})
_FAULT: Final = closed(
    {
        "pointer": TEXT,
        "code": TEXT,
        "detail": TEXT,
        "field": TEXT,
        "row": _WHOLE,
        "member": TEXT,
        "value": {},
    },
    optional=("field", "row", "member", "value"),
)

SHAPES: Final[Mapping[str, Shape]] = {
    "Problem": closed(
        {
            "type": TEXT,
            "title": TEXT,
            "status": _WHOLE,
            "detail": TEXT,
            "errors": several(ref("Fault")),
        },
        optional=("errors",),
    ),
    "Fault": _FAULT,
    "Entry": closed(
        {"version": TEXT, "client": _PERSON, "departments": TEXT, "dossiers": TEXT, "description": TEXT}
    ),
    "Departments": closed(
        {
            "departments": several(
                closed(
                    {
                        "organisation": TEXT,
                        "department": TEXT,
                        "name": TEXT,
                        "agreement": TEXT,
                        "ended": _FLAG,
                        "may": several(TEXT),
                        "forms": several(closed({"form": TEXT, "title": TEXT, "schema": TEXT})),
                    }
                )
            )
        }
    ),
    "Agreement": closed(
        {
            "organisation": TEXT,
            "department": TEXT,
            "hash": TEXT,
            "published": _INSTANT,
            "by": TEXT,
            "valid_from": TEXT,
            "agreement": {"type": "object"},
        }
    ),
    "JsonSchema": {"type": "object"},
    "ListedDossier": _LISTED,
    "Dossiers": closed(
        {"total": _WHOLE, "dossiers": several(ref("ListedDossier")), "next": TEXT, "previous": TEXT},
        optional=("next", "previous"),
    ),
    "Term": _TERM,
    "Terms": closed({"terms": several(ref("Term"))}),
    "File": _FILE,
    "Files": closed({"attachments": several(ref("File"))}),
    "NewFiles": closed(
        {"attachments": several(closed({"id": TEXT, "name": TEXT, "type": TEXT, "size": _WHOLE}))}
    ),
    "Dossier": closed(
        {
            "id": TEXT,
            "number": TEXT,
            "organisation": TEXT,
            "department": TEXT,
            "agreement": TEXT,
            "version": TEXT,
            "closed": _FLAG,
            "phase": _or_null(TEXT),
            "flags": several(TEXT),
            "handlers": several(_PERSON),
            "answers": {"type": "object"},
            "may": several(TEXT),
            "terms": several(ref("Term")),
            "attachments": several(ref("File")),
            "letters": several(_LETTER),
            "notes": several(_NOTE),
            "contacts": several(_CONTACT),
        },
        optional=("notes", "contacts"),
    ),
    "Registered": closed({"id": TEXT, "number": TEXT, "code": TEXT}, optional=("code",)),
    "Submitted": closed({"number": TEXT, "code": TEXT}, optional=("code",)),
}
"""Every shape that has a name."""
