"""W1: a form of forty fields with answers, beside a page for the same form that someone wrote by hand, and beside what
others make of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.core.forms.fields import Field
from gehoor.services.dossiers.viewing import look
from gehoor.services.records.tables import SCHEMAS
from gehoor.web.display.conditions import show_when
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.markup import StandIn
from gehoor.web.forms.rendering import answers
from gehoor.web.forms.types.registry import TYPES
from tests.bench.house import NOW, published, site, submit
from tests.bench.peers.django_form import django_form
from tests.bench.peers.schema_walking import schema_walking
from tests.bench.peers.wtforms_form import wtforms_form
from tests.bench.report import Bar
from tests.bench.run import Run
from tests.bench.timing import by_turns

FIELDS = 40


def rendering(run: Run) -> None:
    """Print what a form of forty fields costs, and what the same costs others."""
    runtime = published(MemoryStore(SCHEMAS))
    app, agreement = site(runtime), look(runtime, submit(runtime, "one").dossier, NOW).agreement
    fields = forty(agreement.dossier_form.fields)
    stored = {field.id: answer_of(field) for field in fields}
    schema = {field.id: dict(field.schema) for field in fields}
    with app.test_request_context():
        by_hand = app.jinja_env.from_string(hand_written(app, fields))

        def ours() -> str:
            return str(answers(AnswerForm(agreement, fields, stored=stored), ()))

        assert _squeezed(ours()) == _squeezed(by_hand.render(v=stored))
        quick, hand = by_turns([ours, lambda: by_hand.render(v=stored)], run.less(1000))
        others = by_turns(
            [schema_walking(schema, stored), wtforms_form(schema, stored), django_form(schema, stored)],
            run.less(30),
        )
    run.report.row(
        "40 fields with answers, in process",
        f"{quick:.0f} us CPU",
        f"by hand in Jinja {hand:.0f} us",
        Bar(quick / hand, 1.5),
    )
    for name, cost in zip(("walking the schema", "WTForms", "a Django form"), others, strict=True):
        run.report.row(f"the same by {name}", f"{cost:.0f} us CPU", f"{cost / quick:.1f} x ours")


def forty(fields: Mapping[str, Field]) -> list[Field]:
    """Return the first forty fields that are an input and nothing more."""
    found = [
        field
        for field in fields.values()
        if not TYPES[field.kind].more_than_a_value and not field.type.names_people and not field.read_only
    ][:FIELDS]
    assert len(found) == FIELDS
    return found


def hand_written(app: Flask, fields: list[Field]) -> str:
    """Return the template someone would write for these fields: the same words, with the answers put in."""
    template: Any = app.jinja_env.get_template("parts/fields.html")
    written = []
    for field in fields:
        text = str(template.module.field_block(StandIn(field, f"v_{field.id}"), False, (), show_when(field)))
        value = f"v['{field.id}']"
        text = text.replace("\ue000", f"{{{{ {value}{'[:16]' if field.kind == 'instant' else ''} }}}}")

        def put(mark: re.Match[str], value: str = value, kind: str = field.kind) -> str:
            match kind:
                case "boolean":
                    test = f"{value} is {'true' if mark[1] == 'ja' else 'false'}"
                case "choices":
                    test = f"'{mark[1]}' in {value}"
                case _:
                    test = f"{value} == '{mark[1]}'"
            return f"{{% if {test} %}} {mark[2]}{{% endif %}}"

        written.append(re.sub("\ue001([^\ue002]*) (\\w+)\ue002", put, text))
    return "".join(written)


def answer_of(field: Field) -> Any:
    """Return an answer that a field takes."""
    codes = [choice.code for choice in field.choices]
    if field.schema.get("format") == "email":
        return "ann@example.org"
    # The only pattern that a text of theirs has is that of a telephone number.
    plain = "09 123 45 67" if "pattern" in field.schema else 'Zo staat het "hier" & daar'
    text = plain[: field.schema.get("maxLength")]
    return {
        "choice": codes[:1] and codes[0], "choices": codes[:2], "boolean": True, "integer": 3, "decimal": "12.50",
        "date": "2026-03-27", "time": "09:30", "instant": "2026-03-27T09:30:00+01:00",
    }.get(field.kind, text)  # fmt: skip


def _squeezed(html: str) -> str:
    return " ".join(html.split())
