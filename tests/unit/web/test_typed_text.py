"""What is typed comes to every page without what nobody types."""

from __future__ import annotations

import io

import pytest
from flask import Flask, request

from gehoor.web.request import typed_text


@pytest.mark.parametrize("files", [False, True])
def test_no_form_holds_the_sign_that_no_register_keeps(files: bool) -> None:
    app = Flask(__name__)
    typed_text.install(app)

    @app.post("/")
    def show() -> list[list[str]]:
        return [list(pair) for pair in request.form.items(multi=True)]

    data = {"re\0den": ["een\0", "twee"], "naam": "Els"}
    more = {"bijlage": (io.BytesIO(b"\0\1"), "a.pdf")} if files else {}
    found = app.test_client().post("/", data={**data, **more}).json
    assert sorted(found) == [["naam", "Els"], ["reden", "een"], ["reden", "twee"]]


def test_no_address_asks_the_sign_that_no_register_keeps() -> None:
    app = Flask(__name__)
    typed_text.install(app)

    @app.get("/")
    def show() -> list[list[str]]:
        return [list(pair) for pair in request.args.items(multi=True)]

    found = app.test_client().get("/?m%00erk=een%00&merk=twee&q=%EF%BF%BD&stand=%ff&leeg=%00").json
    assert all("\0" not in name + value for name, value in found)
    assert ["merk", "een"] in found
    assert ["leeg", ""] in found


def typed_back(**data: str) -> dict[str, str]:
    app = Flask(__name__)
    typed_text.install(app)

    @app.post("/")
    def show() -> dict[str, str]:
        return dict(request.form.items())

    found: dict[str, str] = app.test_client().post("/", data=data).json or {}
    return found


def test_nothing_that_is_typed_steers_a_machine() -> None:
    found = typed_back(
        naam="Els \x1b[2J", verhaal="Regel een\r\n\u202eregel\u2028twee \U0001f468\u200d\U0001f469"
    )
    assert found == {"naam": "Els [2J", "verhaal": "Regel een\r\nregel\ntwee \U0001f468\u200d\U0001f469"}


def test_a_password_opens_an_account_as_it_was_typed() -> None:
    assert typed_back(wachtwoord="geheim\x07\0")["wachtwoord"] == "geheim\x07"
