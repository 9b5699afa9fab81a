"""``gehoor.wsgi:app``: the website for any WSGI server, with the settings of the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli_run import NOTICE, run
from tests.support.places import ORGANISATIONS, SOURCE

_ASK = """
from werkzeug.test import Client
from gehoor.wsgi import app
answer = Client(app).get("/")
print(answer.status_code, "Strict-Transport-Security" in answer.headers)
"""


def ask(code: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **settings}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "secure"),
    [
        ({}, False),
        ({"GEHOOR_URL": "https://klachten.example.org", "GEHOOR_PROXIES": "1"}, True),
        ({"GEHOOR_URL": "http://klachten.example.org", "GEHOOR_HTTPS": "1", "GEHOOR_PROXIES": "0"}, True),
        ({"GEHOOR_URL": "https://klachten.example.org", "GEHOOR_HTTPS": "0"}, False),
    ],
)
def test_it_answers_as_the_settings_say(store: Path, settings: dict[str, str], secure: bool) -> None:
    asked = ask(_ASK, **settings)
    assert (asked.stdout, asked.stderr) == (f"200 {secure}\n", NOTICE)


def test_behind_a_proxy_of_which_nothing_is_said_it_says_what_that_means(store: Path) -> None:
    asked = ask(_ASK, GEHOOR_URL="https://klachten.example.org")
    assert asked.stdout == "200 True\n"
    assert "Zet in GEHOOR_PROXIES hoeveel proxy's ervoor X-Forwarded-For invullen" in asked.stderr


_GUESS = """
from werkzeug.test import Client
from gehoor.wsgi import app

def guess(address, forwarded, times=1):
    headers = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": forwarded}
    environ = {"REMOTE_ADDR": address}
    return [
        Client(app).post("/volgen", data={"code": "7K2M"}, headers=headers, environ_base=environ).status_code
        for _ in range(times)
    ][-1]

print(guess("127.0.0.1", "192.0.2.1", 301), guess("127.0.0.1", "192.0.2.2"), guess("127.0.0.1", "192.0.2.9, 192.0.2.1"))
"""


@pytest.mark.parametrize(("proxies", "answers"), [("1", "429 422 429"), ("0", "429 429 429")])
def test_who_guesses_behind_a_trusted_proxy_shuts_out_nobody_else(
    store: Path, proxies: str, answers: str
) -> None:
    """What a visitor says of themselves, before what the proxy says, counts for nothing."""
    assert ask(_GUESS, GEHOOR_PROXIES=proxies).stdout == f"{answers}\n"


def test_importing_it_opens_nothing(tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    assert ask("import gehoor.wsgi", GEHOOR_STORE=str(missing)).returncode == 0
    assert not missing.exists()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"GEHOOR_STORE": "/nergens/register.db"}, "Er is nog geen register: /nergens/register.db."),
        ({"GEHOOR_HTTPS": "ja"}, "GEHOOR_HTTPS kan niet; schrijf 1 of 0"),
        ({"GEHOOR_PROXIES": "10.0.0.1"}, "GEHOOR_PROXIES kan niet; schrijf hoeveel proxy's"),
    ],
)
def test_a_mistake_in_the_settings_stops_it_at_its_start(
    store: Path, settings: dict[str, str], sentence: str
) -> None:
    asked = ask(_ASK, **settings)
    assert asked.returncode == 1
    assert sentence in asked.stderr


def test_a_demo_is_not_served(tmp_path: Path) -> None:
    demo = tmp_path / "demo.db"
    assert run("demo", "--store", demo, "--workspace", ORGANISATIONS).code == 0
    assert "Probeer een demo met: gehoor demo --serve" in ask(_ASK, GEHOOR_STORE=str(demo)).stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes are forked here")
def test_made_before_the_workers_are_forked_it_serves_in_each(store: Path) -> None:
    """As ``gunicorn --preload`` does: what is open before a fork is not used behind it."""
    code = """
import os
from werkzeug.test import Client
from gehoor.wsgi import app

def told(key):
    form = {"sleutel": key, "v_uiteenzetting": "De soep was koud.", "v_anoniem": "ja"}
    return Client(app).post("/de-linde/beukenhof/melden/alles", data=form, headers={"Sec-Fetch-Site": "same-origin"})

assert told("before").status_code == 303
children = []
for number in range(3):
    child = os.fork()
    if not child:
        answers = [told(f"{number}-{again}").status_code for again in range(5)]
        os._exit(answers != [303] * 5)
    children.append(child)
print([os.waitpid(child, 0)[1] for child in children], told("after").status_code)
"""
    asked = ask(code)
    assert (asked.stdout, asked.stderr) == ("[0, 0, 0] 303\n", NOTICE)


_UNDER = """
from werkzeug.test import Client
from gehoor.wsgi import app
hosts = ("klachten.example.org", "kwaad.example", "127.0.0.1:8000")
print(*(Client(app).get(path, headers={"Host": one}).status_code for path in ("/", "/healthz") for one in hosts))
"""


@pytest.mark.parametrize(
    ("settings", "answers"),
    [
        ({"GEHOOR_URL": "https://klachten.example.org", "GEHOOR_PROXIES": "1"}, "200 421 200 200 200 200"),
        ({}, "200 200 200 200 200 200"),
    ],
)
def test_it_answers_under_the_name_that_it_was_given(
    store: Path, settings: dict[str, str], answers: str
) -> None:
    """Whoever looks whether it lives need not know the name."""
    assert ask(_UNDER, **settings).stdout == f"{answers}\n"
