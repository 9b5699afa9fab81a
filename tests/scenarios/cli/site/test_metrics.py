"""Figures for who looks after the server: of all processes together, for who has the token, and about nobody."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from gehoor import __version__
from gehoor.adapters.metrics import folder as folders
from gehoor.bootstrap import SetupError
from gehoor.bootstrap.website import Door, Website
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.web.request.measuring import METRICS
from tests.scenarios.cli.site.test_serve import free_port, wait_for
from tests.scenarios.cli.site.test_workers import workers_of
from tests.support.cli_run import run
from tests.support.clock import at
from tests.support.patience import PATIENCE
from tests.support.places import CHECKOUT, SOURCE
from tests.support.serving import is_served

TOKEN = "0123456789abcdef0123456789abcdef"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def folder(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ask for figures, and for a token from who wants to see them; returns where they are kept."""
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n", "ascii")
    token.chmod(0o600)
    monkeypatch.setenv("GEHOOR_METRICS", str(tmp_path / "metrics"))
    monkeypatch.setenv("GEHOOR_METRICS_TOKEN_FILE", str(token))
    return tmp_path / "metrics"


def website(store: Path, door: Door | None = None) -> Client:
    site = Website(store, "http://localhost")
    return Client(site.app(site.open(), door))


def shown(client: Client, **headers: str) -> TestResponse:
    return client.get(METRICS, headers={"Authorization": f"Bearer {TOKEN}", **headers})


def figures(client: Client) -> dict[str, float]:
    """Return each figure by its name and labels, as they are written."""
    answer = shown(client)
    assert answer.status_code == 200
    lines = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_who_did_not_ask_for_them_has_none(store: Path) -> None:
    code = (
        "import sys; from werkzeug.test import Client; from gehoor.wsgi import app; "
        "print(Client(app).get('/metrics').status_code, 'prometheus_client' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "404 False\n"


@pytest.mark.parametrize("given", ["", "Bearer", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_for_who_has_no_token_there_is_no_such_page(store: Path, folder: Path, given: str) -> None:
    """From this computer too: a proxy on it asks for everybody."""
    client = website(store)
    answer = client.get(METRICS, headers={"Authorization": given}, environ_base={"REMOTE_ADDR": "127.0.0.1"})
    other = client.get("/nothing")
    assert (answer.status_code, answer.text.replace(METRICS, "")) == (404, answer.text)
    assert [line for line in answer.text.splitlines() if "gehoor_" in line] == []
    assert other.status_code == 404
    assert client.post(METRICS, headers={"Authorization": f"Bearer {TOKEN}"}).status_code != 200


def test_a_page_is_counted_and_timed_by_its_pattern(store: Path, folder: Path) -> None:
    client = website(store)
    for path in (
        "/",
        "/de-linde/beukenhof/melden",
        "/de-linde/beukenhof/melden",
        "/de-linde/eikenrode/melden",
    ):
        assert client.get(path).status_code == 200
    found = figures(client)
    route = "/<organisation>/<department>/<form_id>"
    told = {name: value for name, value in found.items() if name.startswith("gehoor_answers_total")}
    assert told == {
        'gehoor_answers_total{method="GET",route="/",status="2xx"}': 1,
        f'gehoor_answers_total{{method="GET",route="{route}",status="2xx"}}': 3,
    }
    assert found[f'gehoor_request_seconds_count{{method="GET",route="{route}"}}'] == 3
    assert found["gehoor_requests_now"] == 0
    assert found[f'gehoor_info{{version="{__version__}"}}'] == 1


def test_whatever_is_asked_there_are_no_more_figures_and_nothing_of_it_is_in_them(
    store: Path, folder: Path
) -> None:
    client = website(store)
    told = {"sleutel": "k", "v_uiteenzetting": "Els zei het", "v_anoniem": "ja"}
    for number in range(20):
        client.get(f"/els-peeters-{number}")
        client.get(f"/de-linde/afdeling-{number}/melden?zoek=els")
        client.post("/volgen", data={"code": f"7K2M-{number}"}, headers=SAME_SITE)
        client.open("/", method=f"ELS{number}")
        client.post("/de-linde/beukenhof/melden/alles", data=told, headers=SAME_SITE)
    text = shown(client).text
    assert "els" not in text.lower()
    assert not re.search("linde|beukenhof|7K2M", text)
    assert len({line for line in text.splitlines() if line.startswith("gehoor_answers_total")}) < 10


def test_what_a_limit_refuses_and_what_fails_is_counted(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Website(store, "http://localhost")
    runtime = site.open()
    client = Client(site.app(runtime))
    for _ in range(301):
        client.post("/volgen", data={"code": "7K2M"}, headers=SAME_SITE)
    client.post("/volgen", data={"code": "x" * 3_000_000}, headers=SAME_SITE)

    def fails(*_: object) -> None:
        raise StoreUnavailableError("the disk is full")

    told = {"v_uiteenzetting": "De soep was koud", "v_anoniem": "ja"}
    with monkeypatch.context() as patched:
        patched.setattr(type(runtime.store), "transaction", fails)
        answer = client.post("/de-linde/beukenhof/melden/alles", data=told, headers=SAME_SITE)
    assert answer.status_code == 503
    found = figures(client)
    assert found['gehoor_refused_total{limit="rate"}'] == 1
    assert found['gehoor_refused_total{limit="size"}'] == 1
    assert found['gehoor_failures_total{kind="store",method="POST"}'] == 1
    assert 'gehoor_refused_total{limit="busy"}' not in found


def test_who_finds_no_place_is_counted_too(store: Path, folder: Path) -> None:
    client = website(store, Door(at_once=1, of_network=0))
    assert client.post("/volgen", data={"code": "7K2M"}, headers=SAME_SITE).status_code == 503
    assert figures(client)['gehoor_refused_total{limit="busy"}'] == 1


def in_its_own_process(*words: str | Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, "-m", "gehoor", *map(str, words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_a_process_counted_stays_when_it_is_gone(store: Path, number: str, folder: Path) -> None:
    """Sweeping and sending is planned often as a command, that ends."""
    client = website(store)
    for times in (1, 2, 3):
        in_its_own_process("sweep", "--no-mail")
        found = figures(client)
        assert found['gehoor_rounds_total{end="well",work="sweep"}'] == times
        assert found['gehoor_round_seconds_count{work="sweep"}'] == times
        assert found["gehoor_terms_flagged_total"] >= 1
    flagged = found["gehoor_terms_flagged_total"]
    last = found['gehoor_round_timestamp_seconds{work="sweep"}']
    in_its_own_process("send")
    found = figures(client)
    assert found["gehoor_terms_flagged_total"] == flagged
    assert found['gehoor_round_timestamp_seconds{work="sweep"}'] == last
    assert found['gehoor_round_timestamp_seconds{work="send"}'] >= last
    # One file of each kind, however many processes came and went, and those of this process.
    assert len(list(folder.glob("counter_*.db"))) == 2


def asked(port: int, path: str) -> str:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        text: str = answer.read().decode()
        return text


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for the processes below one")
def test_each_process_of_gunicorn_tells_of_all_also_of_those_before(store: Path, folder: Path) -> None:
    pytest.importorskip("gunicorn")
    port, config = free_port(), CHECKOUT / "deploy" / "gunicorn.conf.py"
    program = Path(sys.executable).with_name("gunicorn")
    server = subprocess.Popen(
        [program, "--config", config, "--bind", f"127.0.0.1:{port}", "gehoor.wsgi:app"],
        env={**os.environ, "PYTHONPATH": str(SOURCE)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    line = 'gehoor_answers_total{method="GET",route="/",status="2xx"} '
    try:
        wait_for(lambda: is_served(port))
        for _ in range(12):
            asked(port, "/")
        first = workers_of(server.pid)
        assert {line + "12.0" in asked(port, METRICS) for _ in range(8)} == {True}
        server.send_signal(signal.SIGHUP)
        wait_for(lambda: not {*first} & {*workers_of(server.pid)})
        assert line + "12.0" in asked(port, METRICS)
    finally:
        server.terminate()
        server.wait(PATIENCE)


def test_a_round_that_fails_is_counted_as_such(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gehoor.bootstrap.metrics import round_of

    with pytest.raises(ValueError, match="no"), round_of("sweep"):
        raise ValueError("no")
    found = figures(website(store))
    assert found['gehoor_rounds_total{end="failed",work="sweep"}'] == 1
    assert 'gehoor_round_timestamp_seconds{work="sweep"}' not in found


def test_it_says_how_it_stands_with_messages_and_copies(store: Path, number: str, folder: Path) -> None:
    assert run("sweep", "--no-mail", "--now", "2026-04-20T09:00").code == 0
    client = website(store)
    before = figures(client)
    assert before["gehoor_store_readable"] == 1
    assert before['gehoor_messages{state="waiting"}'] >= 1
    assert before["gehoor_oldest_message_timestamp_seconds"] == at("2026-04-20 09:00").timestamp()
    assert "gehoor_backup_timestamp_seconds" not in before
    assert run("backup", store.parent / "copy.gehoor").code == 0
    assert run("verify").code == 0
    after = figures(client)
    assert after["gehoor_backup_timestamp_seconds"] > at("2026-04-20 09:00").timestamp()
    assert after["gehoor_verify_findings"] == 0


def test_a_register_that_cannot_be_read_is_told_and_the_rest_is_still_shown(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Website(store, "http://localhost")
    runtime = site.open()
    client = Client(site.app(runtime))

    def fails(*_: object) -> None:
        raise StoreUnavailableError("gone")

    monkeypatch.setattr(type(runtime.store), "snapshot", fails)
    found = figures(client)
    assert found["gehoor_store_readable"] == 0
    assert "gehoor_requests_now" in found


def test_a_disk_without_room_costs_the_figures_and_nothing_else(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What has no room would be written as memory, and the system would end the process."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.os, "posix_fallocate", full, raising=False)
    client = website(store)
    assert client.get("/").status_code == 200
    assert shown(client).status_code == 404
    assert f"no figures are kept in {folder} (No space left on device)" in caplog.text
    assert list(folder.glob("*.db")) == []


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"GEHOOR_METRICS": ""}, "GEHOOR_METRICS_TOKEN_FILE is ingevuld en GEHOOR_METRICS niet"),
        ({"GEHOOR_METRICS_TOKEN_FILE": "/nergens/token"}, "/nergens/token .* kan niet gelezen worden"),
        ({"short": "geheim"}, "neem minstens 32 tekens"),
        ({"short": "a " * 32}, "zonder spaties"),
    ],
)
def test_a_setting_that_shows_them_to_others_is_refused(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], sentence: str
) -> None:
    if short := settings.pop("short", ""):
        (folder.parent / "token").write_text(short, "ascii")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SetupError, match=sentence):
        website(store)
    looked = {one["check"]: one["found"] for one in json.loads(run("doctor", "--json").out)}
    assert [one["level"] for one in looked["cijfers"]] == ["refused"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files")
def test_a_token_that_everybody_can_read_is_unsafe(store: Path, folder: Path) -> None:
    (folder.parent / "token").chmod(0o644)
    ran = run("doctor")
    assert ran.code == 2
    assert f"Iedereen op deze computer kan {folder.parent / 'token'} lezen." in ran.out


def test_doctor_says_when_nobody_sees_them(
    store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEHOOR_METRICS_TOKEN_FILE")
    assert f"Cijfers worden bijgehouden in {folder}, en niemand ziet ze" in run("doctor").out


def test_every_figure_is_told_of() -> None:
    house = SOURCE / "gehoor"
    figures_there = (house / "adapters" / "metrics" / "figures.py").read_text("utf-8")
    looked_up = (house / "bootstrap" / "metrics.py").read_text("utf-8")
    there = {
        *re.findall(r'(?:_counter|_gauge)\(\s*"(\w+)"', figures_there),
        *re.findall(r'"gehoor_(\w+)"', figures_there),
        *re.findall(r'Known\(\s*"(\w+)"', looked_up),
        *(f"{task}_timestamp_seconds" for task in re.findall(r'\("(\w+)", "When', looked_up)),
    }
    text = (CHECKOUT / "docs" / "beheer.md").read_text("utf-8")
    table = (
        text.partition("## Cijfers voor Prometheus")[2].partition("| naam | wat |")[2].partition("\n\n")[0]
    )
    assert set(re.findall(r"`gehoor_(\w+?)(?:_total)?`", table)) == there


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library looks is set in the environment of this process, for the test alone."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
