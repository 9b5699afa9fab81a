"""The examples in ``deploy/`` agree with Gehoor and with each other, and the programs that read them take them."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml  # noqa: TID251 - a file of others, not of an organisation

from gehoor.cli.site.serving import LONGEST_GOODBYE
from tests.support.cli_run import run
from tests.support.places import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictSUIDSGID": "yes",
    "CapabilityBoundingSet": "",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
    "User": "gehoor",
}
PLAIN = re.compile(r"[a-z0-9-]+(:[a-z0-9.-]+)?")
"""The name of an image without the host of a registry."""


class Words(ConfigParser):
    """A unit, with its words as they are written. A word that comes twice has its last value here."""

    def __init__(self) -> None:
        super().__init__(interpolation=None, strict=False)

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def unit(path: Path) -> Words:
    words = Words()
    words.read_string(path.read_text("utf-8"))
    return words


def seconds(text: str) -> int:
    return int(text.removesuffix("s"))


GUNICORN = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in CONTAINERS.items() if one["image"] == "gehoor"}


# systemd


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_can_do_no_more_than_it_has_to(path: Path) -> None:
    said = unit(path)["Service"]
    assert {name: said.get(name) for name in HARDENED} == HARDENED


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_what_a_service_starts_is_there(path: Path) -> None:
    words = shlex.split(unit(path)["Service"]["ExecStart"].replace("$$", "$").replace("%%", "%"))
    if words[0] == "/bin/sh":
        words = shlex.split(words[2].removeprefix("exec "))
    if words[0].endswith("/gunicorn"):
        assert words[1:] == ["--config", "/etc/gehoor/gunicorn.conf.py", "gehoor.wsgi:app"]
        return
    assert words[0] == "/opt/gehoor/bin/gehoor"
    named = [word for word in words[1:3] if word.isalpha()]
    told = run(*named[: 2 if named[0] == "store" else 1], "--help")
    assert told.code == 0
    assert [word for word in words if word.startswith("--") and word not in told.out] == []


@pytest.mark.parametrize("path", [path for path in SERVICES if "oneshot" not in path.read_text("utf-8")])
def test_a_website_says_when_it_is_there_and_gets_time_to_stop(path: Path) -> None:
    said = unit(path)["Service"]
    assert (said["Type"], said["KillMode"]) == ("notify", "mixed")
    assert int(said["TimeoutStopSec"]) > max(GUNICORN["graceful_timeout"], LONGEST_GOODBYE)


def test_all_that_works_on_a_register_waits_for_its_migration() -> None:
    """And is stopped before it: ``systemctl restart gehoor-migrate`` is all it takes."""
    for path in SERVICES:
        if path.stem == "gehoor-migrate":
            continue
        said = unit(path)["Unit"]
        assert "gehoor-migrate.service" in said["After"].split(), path.name
        assert said["PartOf"] == "gehoor-migrate.service", path.name


@pytest.mark.parametrize(
    "path", [path for path in UNITS if path.suffix == ".socket"], ids=lambda path: path.name
)
def test_a_socket_is_where_the_proxies_ask(path: Path) -> None:
    said = unit(path)["Socket"]
    assert said["ListenStream"] == GUNICORN["bind"]
    assert int(said["Backlog"]) == GUNICORN["backlog"]
    assert path.with_suffix(".service") in SERVICES


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this computer")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text("utf-8").replace("/opt/gehoor/bin/", f"{Path(sys.executable).parent}/")
        (tmp_path / path.name).write_text(text, "utf-8")
    words = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    about_ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "gehoor" in line]
    assert about_ours == []


# Containers


def test_images_have_plain_names() -> None:
    bases = re.findall(r"(?m)^FROM (\S+)", (DEPLOY / "Dockerfile").read_text("utf-8"))
    names = [*bases, *(one["image"] for one in CONTAINERS.values())]
    assert [name for name in names if not PLAIN.fullmatch(name)] == []


def test_what_goes_into_the_image_is_there_and_let_in() -> None:
    lines = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text("utf-8"))
    named = {name for line in lines for name in line.split()}
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    let_in = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert named == let_in
    assert [name for name in named if not (CHECKOUT / name).exists()] == []


@pytest.mark.parametrize("name", [name for name in CONTAINERS if name != "migrate"])
def test_a_container_says_how_it_is_and_begins_again(name: str) -> None:
    one = CONTAINERS[name]
    assert one["restart"] == "unless-stopped"
    assert one["healthcheck"]["test"]


@pytest.mark.parametrize("name", OURS)
def test_a_container_of_ours_can_do_no_more_than_it_has_to(name: str) -> None:
    one = OURS[name]
    assert (one["read_only"], one["cap_drop"]) == (True, ["ALL"])
    assert seconds(one["stop_grace_period"]) > max(GUNICORN["graceful_timeout"], LONGEST_GOODBYE)
    assert one["environment"]["GEHOOR_METRICS"] in {place.partition(":")[0] for place in one["tmpfs"]}


def test_nothing_of_ours_starts_before_the_register_is_of_this_version() -> None:
    for name, one in OURS.items():
        if name != "migrate":
            assert one["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert OURS["migrate"]["command"] == ["gehoor", "store", "migrate"]


def test_nginx_asks_each_website_where_it_is() -> None:
    """Compose has the example of nginx with other addresses."""
    (place,) = re.findall(r"sed 's/(.+?)/(.+?)/'", CONTAINERS["nginx"]["command"][2].replace("\n", " "))
    conf = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert place[0] in conf
    there = [
        one["networks"]["binnen"]["ipv4_address"] for name, one in OURS.items() if name.startswith("web-")
    ]
    assert re.findall(r"server (\S+):8000 max_fails=0;", conf.replace(*place)) == there
    assert len(there) > 1


def test_one_sweeps_and_sends_and_no_visitor_comes_there() -> None:
    words = OURS["werk"]["command"]
    assert words[:2] == ["gehoor", "serve"]
    assert "--no-sweep" not in words
    assert "depends_on" in CONTAINERS["nginx"]
    assert "werk" not in CONTAINERS["nginx"]["depends_on"]


def test_every_setting_is_told_of() -> None:
    told = (CHECKOUT / "docs" / "beheer.md").read_text("utf-8")
    settings = {name for one in OURS.values() for name in one["environment"]}
    assert sorted(name for name in settings if f"`{name}`" not in told) == []
