"""Whether a website sends safe cookies follows from the settings as well as from the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.bootstrap.website import Website
from gehoor.cli.site import serve, workers
from tests.support.cli_run import run


@pytest.mark.parametrize(
    ("settings", "options", "https"),
    [
        ({}, (), False),
        ({}, ("--https",), True),
        ({"GEHOOR_HTTPS": "1"}, (), True),
        ({"GEHOOR_URL": "https://klachten.example.org"}, (), True),
        ({"GEHOOR_URL": "HTTPS://klachten.example.org"}, (), True),
        ({"GEHOOR_URL": "http://klachten.example.org"}, (), False),
    ],
)
def test_a_website_is_made_for_https_when_either_says_so(
    store: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    options: tuple[str, ...],
    https: bool,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    made: list[Website] = []
    monkeypatch.setattr(serve, "run", lambda *_: None)
    monkeypatch.setattr(workers, "run_workers", lambda website, *_: made.append(website))
    ran = run("serve", "--store", store, "--port", "18999", "--no-sweep", "--workers", "2", *options)
    assert ran.code == 0, ran.err
    assert [website.https for website in made] == [https]


def test_a_setting_that_says_neither_starts_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEHOOR_HTTPS", "true")
    ran = run("serve", "--store", store, "--port", "18999")
    assert (ran.code, "GEHOOR_HTTPS kan niet; schrijf 1 of 0" in ran.err) == (1, True)
