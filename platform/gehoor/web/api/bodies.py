"""What a program sent: read whole, and held against what its address takes, before anything is done with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from flask import abort, current_app, request
from flask_babel import gettext as _
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from gehoor.core.forms.fields import Field
from gehoor.core.text.suggestions import nearest
from gehoor.web.api.faults import Fault, ProblemError, fault, member_of, refused
from gehoor.web.api.operations import Operation, Schema, operation_of
from gehoor.web.api.shapes import kind_of
from gehoor.web.request.problems import problem
from gehoor.web.request.typed_text import as_typed

PART: Final = "request"
"""The part with JSON of what comes with files."""
_DEEPEST: Final = 40
_FORMATS: Final = FormatChecker(formats=("date",))


def asked_operation() -> Operation:
    """Return what the address does that was asked for."""
    found = operation_of(current_app.view_functions[request.endpoint or ""])
    assert found is not None
    return found


def sent_body() -> dict[str, Any]:
    """Return what was sent, as the address takes it. Raises ``ProblemError`` and ``HTTPException``."""
    described = asked_operation()
    body = as_typed(_read(described))
    faults = list(_faults(described.takes or {}, body))
    if faults:
        raise refused(faults)
    assert isinstance(body, dict)
    return body


def sent_query() -> dict[str, str]:
    """Return what stands in the address after the question mark. Raises ``ProblemError``."""
    query = asked_operation().query
    given = {name: request.args.getlist(name) for name in request.args}
    twice = [name for name, values in given.items() if len(values) > 1]
    faults = [fault(name, "twice", _("Dit staat er meer dan één keer.")) for name in twice]
    plain = {name: values[0] for name, values in given.items()}
    shape = {"type": "object", "properties": dict(query), "additionalProperties": False}
    faults += [{**one, "pointer": one["pointer"].removeprefix("/")} for one in _faults(shape, plain)]
    if faults:
        raise refused(faults, 400)
    return plain


def unknown(name: str, known: Iterable[str], at: str) -> Fault:
    """Return what is said of a name that is not known, with the one that was probably meant."""
    near = nearest(name[:100], known)
    said = _("“%(name)s” kennen wij hier niet.", name=name[:100])
    if near:
        meant = _("Bedoelt u “%(near)s”?", near=near[0])
        said = f"{said} {meant}"
    return fault(at + member_of(name), "unknown", said)


def refuse_unknown(given: Iterable[str], known: Iterable[str], at: str = "/answers") -> None:
    """Refuse names that are not known. Raises ``ProblemError``."""
    names = list(known)
    faults = [unknown(one, names, at) for one in given if one not in names]
    if faults:
        raise refused(faults)


def refuse_other_kinds(given: Mapping[str, Any], fields: Mapping[str, Field]) -> None:
    """Refuse answers that are of another kind of JSON than their schema says, such as a text for a list: what people
    type on a page is read more freely than what a program sends. null is no answer. Raises ``ProblemError``."""
    kinds = {name: kind_of(fields[name]) for name in given if name in fields and given[name] is not None}
    faults = list(_faults({"type": "object", "properties": kinds}, dict(given), "/answers"))
    if faults:
        raise refused(faults)


def _read(described: Operation) -> Any:
    if request.mimetype == "multipart/form-data" and described.files:
        text: str | bytes = request.form.get(PART, "{}")
    elif request.mimetype == "application/json":
        text = request.get_data(cache=True)
    else:
        abort(415)
    try:
        body = json.loads(text, object_pairs_hook=_members, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        detail = _("Dit is geen JSON, of er staat tweemaal hetzelfde in, of iets dat geen tekst of getal is.")
        raise ProblemError(problem(400, _("Dit verzoek kunnen wij niet lezen"), detail)) from error
    if not _sound(body, _DEEPEST):
        detail = _("Er staat iets in dat niemand kan bewaren: een half teken, of lijsten zonder einde.")
        raise ProblemError(problem(400, _("Dit verzoek kunnen wij niet lezen"), detail))
    return body


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _no_number(_: str) -> Any:
    raise ValueError


def _sound(value: Any, room: int) -> bool:
    """Say whether a value is no deeper than anything is, and its texts are whole characters."""
    if isinstance(value, str):
        return not any("\ud800" <= sign <= "\udfff" for sign in value)
    if isinstance(value, dict):
        return room > 0 and all(_sound(name, 1) and _sound(one, room - 1) for name, one in value.items())
    return room > 0 and all(_sound(one, room - 1) for one in value) if isinstance(value, list) else True


def _faults(shape: Schema, value: Any, under: str = "") -> Iterator[Fault]:
    validator = Draft202012Validator(dict(shape), format_checker=_FORMATS)
    for error in sorted(validator.iter_errors(value), key=lambda one: list(map(str, one.absolute_path))):
        at = under + member_of(*error.absolute_path)
        if error.validator == "additionalProperties":
            known = error.schema.get("properties", {})
            for name in error.instance:
                if name not in known:
                    yield unknown(name, known, at)
        elif error.validator == "required":
            missing = next(name for name in error.validator_value if name not in error.instance)
            yield fault(at + member_of(missing), "missing", _("Dit ontbreekt."))
        else:
            yield fault(at, f"shape-{error.validator}", _said(error))


def _said(error: ValidationError) -> str:
    say = _SENTENCES.get(str(error.validator))
    said: str = say(error) if say else _("Dit kan hier niet staan.")
    return said


def _type(error: ValidationError) -> str:
    kinds = {
        "string": _("een tekst"),
        "boolean": _("true of false"),
        "integer": _("een geheel getal"),
        "number": _("een getal"),
        "object": _("een object"),
        "array": _("een lijst"),
        "null": _("null"),
    }
    wanted: Any = error.validator_value
    between = _("of")
    either = f" {between} ".join(kinds[one] for one in ([wanted] if isinstance(wanted, str) else wanted))
    said: str = _("Hier hoort %(what)s te staan.", what=either)
    return said


def _listed(choices: Any) -> str:
    return ", ".join(map(str, choices))


_SENTENCES: Final[Mapping[str, Callable[[ValidationError], str]]] = {
    "type": _type,
    "enum": lambda error: _("Kies uit: %(choices)s.", choices=_listed(error.validator_value)),
    "maxLength": lambda error: _(
        "Dit is te lang. Gebruik hoogstens %(most)s tekens.", most=error.validator_value
    ),
    "format": lambda _error: _("Schrijf een dag als 2026-03-27."),
}
