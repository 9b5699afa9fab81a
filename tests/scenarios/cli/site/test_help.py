"""Help in Dutch, a page about every command, and a quick start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from gehoor.cli.commands import COMMANDS, gehoor
from gehoor.cli.site.reference import reference_page
from tests.support.cli_run import run
from tests.support.places import CHECKOUT, SOURCE

HEAVY = ("flask", "tinydb", "durable", "holidays", "ruamel", "jsonschema", "waitress", "argon2", "smtplib")
ENGLISH = ("Usage", "Options:", "Commands", "Show this", "Error", "[OPTIONS]", "ARGS", "default:", "required")


def every_command(
    group: click.Group = gehoor, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))


@pytest.mark.parametrize(
    ("path", "command"),
    list(every_command()),
    ids=lambda item: " ".join(item) if isinstance(item, tuple) else "",
)
def test_every_command_explains_itself_in_dutch(path: tuple[str, ...], command: click.Command) -> None:
    shown = run(*path, "--help")
    assert shown.code == 0
    assert shown.out.startswith(f"Gebruik: gehoor {' '.join(path)}")
    assert "Toon deze uitleg." in shown.out
    assert not any(word in shown.out for word in ENGLISH)
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert option.is_flag or option.metavar, option.name


def test_the_list_says_what_the_commands_say() -> None:
    own = {
        path[0]: command.short_help
        for path, command in every_command()
        if len(path) == 1 and not command.hidden
    }
    assert own == {name: entry.help for name, entry in COMMANDS.items() if entry.help}


def test_the_page_about_the_commands_is_up_to_date() -> None:
    page = (CHECKOUT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert page == reference_page(gehoor), "run: gehoor reference > docs/reference/cli.md"
    assert run("reference").out == page


def test_asking_for_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from gehoor.cli.commands import gehoor; gehoor(['--help'], standalone_mode=False); "
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Opdrachten:" in ran.stdout
    assert ran.stderr.strip() == "[]"


def test_the_version() -> None:
    assert run("--version").out.startswith("gehoor 0.")
