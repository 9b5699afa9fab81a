"""W1: a form of forty fields with answers, beside a page for the same form that someone wrote by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import Template

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field
from gehoor.web.display.conditions import show_when
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.markup import StandIn
from gehoor.web.forms.rendering import answers
from gehoor.web.forms.types.registry import TYPES
from tests.bench.timing import median_us, row

FIELDS = 40


def rendering(app: Flask, agreement: Agreement) -> None:
    """Print what a form of forty fields costs, and what the same costs by hand."""
    plain = [f for f in agreement.dossier_form.fields.values() if not TYPES[f.kind].more_than_a_value]
    fields = plain[:FIELDS]
    assert len(fields) == FIELDS
    stored = {field.id: _answer_of(field) for field in fields}
    with app.test_request_context():
        by_hand = hand_written(app, fields)
        mine: Callable[[], object] = lambda: answers(AnswerForm(agreement, fields, stored=stored), ())  # noqa: E731
        theirs: Callable[[], object] = lambda: by_hand.render(v=stored)  # noqa: E731
        assert _squeezed(str(mine())) == _squeezed(str(theirs()))
        quick, reference = median_us(mine, 2000), median_us(theirs, 2000)
    row(
        "W1 a form of 40 fields with answers", f"{quick:.0f} us", f"{quick / reference:.2f} x by hand (bar 3)"
    )


def hand_written(app: Flask, fields: list[Field]) -> Template:
    """Return the page that someone would write for these fields: the same words, with the answers put in."""
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
    return app.jinja_env.from_string("".join(written))


def _answer_of(field: Field) -> Any:
    codes = [choice.code for choice in field.choices]
    return {
        "choice": codes[:1] and codes[0], "choices": codes[:2], "boolean": True, "integer": 3, "decimal": "12.50",
        "date": "2026-03-27", "time": "09:30", "instant": "2026-03-27T09:30:00+01:00",
    }.get(field.kind, 'Zo staat het "hier" & daar')  # fmt: skip


def _squeezed(html: str) -> str:
    return " ".join(html.split())
