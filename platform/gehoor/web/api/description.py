"""OpenAPI 3.1: all that the account may ask and change, with the schemas of the departments where it works."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask import Response, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from werkzeug.routing import Rule

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.web.api.agreements import TAG, my_departments
from gehoor.web.api.bodies import PART
from gehoor.web.api.once import HEADER, REPLAYED
from gehoor.web.api.operations import VERSION, Operation, answered, operation, operation_of, pages
from gehoor.web.api.schemas import changing_schema, form_schema, registering_schema
from gehoor.web.api.shapes import SHAPES, ref
from gehoor.web.security.policies import Policy, allow, may_here, policy_of

_PART: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_PROBLEM: Final = "application/problem+json"
_EVERYWHERE: Final = (401, 429, 500, 503)
"""The statuses that any address can answer."""
_OF_ADDRESS: Final = (403, 404)


@pages.get("/openapi.json")
@allow(Policy.STAFF)
@operation(summary=lazy_gettext("Deze beschrijving zelf"), tag=TAG, gives="JsonSchema")
def description() -> Response:
    """Return the description of all that the account may ask and change."""
    return answered(described())


def described() -> dict[str, Any]:
    """Return the description, for the account that asks."""
    mine = [one.agreement for one in my_departments() if not one.ended]
    paths: dict[str, dict[str, Any]] = {}
    for rule in current_app.url_map.iter_rules():
        view = current_app.view_functions[rule.endpoint]
        told = operation_of(view)
        if told is None:
            continue
        for path, method, said in _operations(rule, told, mine):
            paths.setdefault(path, {})[method] = said
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gehoor",
            "version": VERSION,
            "description": _("Wat een koppeling kan vragen en wijzigen, met de rollen van haar account."),
        },
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {**SHAPES, "Content": {"type": "string"}, **dict(_own_schemas(mine))},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _own_schemas(mine: list[Agreement]) -> Iterator[tuple[str, Any]]:
    """Give the schemas of the forms of each department, by name."""
    for one in mine:
        yield _named("dossier", one), registering_schema(one)
        yield _named("change", one), changing_schema(one)
        for form in one.forms:
            if form != DOSSIER_FORM:
                yield _named("public", one, form), form_schema(one, form)


def _named(kind: str, agreement: Agreement, form: str = "") -> str:
    return ".".join(filter(None, (kind, agreement.organisation, agreement.department, form)))


def _operations(
    rule: Rule, told: Operation, mine: list[Agreement]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give the path, the method and what is said of an address. What each department asks otherwise, has a path for
    each."""
    (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
    name = rule.endpoint.partition(".")[2]
    if told.form in ("dossier", "public"):
        for agreement in mine:
            if not _may(rule, agreement):
                continue
            forms = [one for one in agreement.forms if one != DOSSIER_FORM] if told.form == "public" else [""]
            for form in forms:
                place = {
                    "organisation": agreement.organisation,
                    "department": agreement.department,
                    "form_id": form,
                }
                path = _PART.sub(lambda found, place=place: place[found[1]], rule.rule)  # type: ignore[misc]
                own = ref(_named(told.form, agreement, form))
                yield path, method.lower(), _said(_named(name, agreement, form), told, own, [])
        return
    path, parts = _PART.sub(r"{\1}", rule.rule), _PART.findall(rule.rule)
    own = {"anyOf": [ref(_named("change", one)) for one in mine]} if mine else {"type": "object"}
    yield path, method.lower(), _said(name, told, own, parts)


def _may(rule: Rule, agreement: Agreement) -> bool:
    policy = policy_of(current_app.view_functions[rule.endpoint])
    action = policy.action if policy else None
    return action is None or bool(
        may_here(agreement.organisation, agreement.department, Action(action).value)
    )


def _said(name: str, told: Operation, own: Mapping[str, Any], parts: list[str]) -> dict[str, Any]:
    statuses = {*told.refuses, *_EVERYWHERE, *(_OF_ADDRESS if parts or told.form else ())}
    said: dict[str, Any] = {
        "operationId": name.replace(".", "-"),
        "summary": str(told.summary),
        "tags": [told.tag],
        "parameters": list(_parameters(told, parts)),
        "responses": {
            str(told.status): _given(told),
            **{str(status): _PROBLEM_ANSWER for status in sorted(statuses)},
        },
    }
    if told.takes is not None or told.only_files:
        said["requestBody"] = {"required": True, "content": _content(told, own)}
    return said


_PROBLEM_ANSWER: Final = {
    "description": "application/problem+json (RFC 9457)",
    "content": {_PROBLEM: {"schema": ref("Problem")}},
}


def _given(told: Operation) -> dict[str, Any]:
    given: dict[str, Any] = {"description": str(told.summary)}
    if told.gives:
        given["content"] = {told.media: {"schema": ref(told.gives)}}
    if told.once:
        given["headers"] = {REPLAYED: {"schema": {"type": "string", "enum": ["true"]}}}
    return given


def _content(told: Operation, own: Mapping[str, Any]) -> dict[str, Any]:
    files = {
        "type": "object",
        "additionalProperties": {"type": "string", "contentMediaType": "application/octet-stream"},
    }
    if told.takes is None:
        return {"multipart/form-data": {"schema": files}}
    schema: dict[str, Any] = {**told.takes}
    if told.form:
        schema["properties"] = {**schema["properties"], "answers": own}
    content = {"application/json": {"schema": schema}}
    if told.files:
        content["multipart/form-data"] = {
            "schema": {**files, "properties": {PART: schema}, "required": [PART]}
        }
    return content


def _parameters(told: Operation, parts: list[str]) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield {"name": part, "in": "path", "required": True, "schema": {"type": "string"}}
    for name, schema in told.query.items():
        yield {"name": name, "in": "query", "schema": schema}
    if told.once:
        key = {"type": "string", "pattern": "^[\\x21-\\x7e]{1,200}$"}
        yield {"name": HEADER, "in": "header", "schema": key}
    if told.versioned:
        yield {"name": "If-Match", "in": "header", "schema": {"type": "string"}}
