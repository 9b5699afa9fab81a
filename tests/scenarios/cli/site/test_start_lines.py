"""What a website says when it starts, for people and for whoever reads the log as data."""

from __future__ import annotations

import logging

import pytest

from gehoor.cli.site.listening import Address
from gehoor.cli.site.serving import tell_address

NOTICE = "SQLite heeft een fout."


@pytest.mark.parametrize(("how", "plain"), [("json", False), ("text", True), ("", True)])
def test_what_is_said_of_the_register_is_a_line_of_the_log_where_that_is_data(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    how: str,
    plain: bool,
) -> None:
    monkeypatch.setenv("GEHOOR_LOG", how)
    with caplog.at_level(logging.WARNING):
        tell_address(Address("127.0.0.1", 8000, False), NOTICE)
    assert capsys.readouterr().err == (f"{NOTICE}\n" if plain else "")
    assert caplog.messages == ([] if plain else [NOTICE])
