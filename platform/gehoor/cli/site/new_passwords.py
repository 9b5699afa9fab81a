"""Asking for a new password."""

from __future__ import annotations

import sys

import click

from gehoor.bootstrap.demo import demo_data
from gehoor.bootstrap.register import common_passwords
from gehoor.cli.support.click_dutch import Failure
from gehoor.cli.support.demo_register import is_demo
from gehoor.services.accounts.own_account import PasswordRefusedError, judge_password
from gehoor.services.ports.records import Account
from gehoor.services.register.runtime import Runtime


def new_password(runtime: Runtime, account: Account, *, from_stdin: bool) -> str:
    """Ask for a password for an account, twice, or read it from standard input. Raises ``Failure`` when it will not
    do."""
    password = _read() if from_stdin else _asked()
    try:
        judge_password(common_passwords(), account, password)
    except PasswordRefusedError as refusal:
        raise Failure(refusal.sentence) from refusal
    if password == demo_data()["password"] and not is_demo(runtime):
        raise Failure("Dit wachtwoord van de demo kent iedereen. Kies een ander.")
    return password


def _read() -> str:
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise Failure("Dit wachtwoord kunnen wij niet lezen. Geef het als UTF-8.") from error


def _asked() -> str:
    password: str = click.prompt("Wachtwoord", hide_input=True, err=True)
    if click.prompt("Nog een keer", hide_input=True, err=True) != password:
        raise Failure("De twee wachtwoorden zijn niet gelijk. Probeer opnieuw.")
    return password
