"""A new password that is given on standard input."""

from __future__ import annotations

import sys

from gehoor.bootstrap.demo import DEMO_PASSWORD
from gehoor.bootstrap.register import common_passwords
from gehoor.cli.support.click_dutch import Failure
from gehoor.cli.support.demo_register import is_demo
from gehoor.services.accounts.own_account import PasswordRefusedError, judge_password
from gehoor.services.ports.records import Account
from gehoor.services.register.runtime import Runtime


def given_password(runtime: Runtime, account: Account) -> str:
    """Read a password for an account from standard input. Raises ``Failure`` when it will not do."""
    password = _read()
    try:
        judge_password(common_passwords(), account, password)
    except PasswordRefusedError as refusal:
        raise Failure(refusal.sentence) from refusal
    if password == DEMO_PASSWORD and not is_demo(runtime):
        raise Failure("Dit wachtwoord van de demo kent iedereen. Kies een ander.")
    return password


def _read() -> str:
    try:
        return sys.stdin.readline().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise Failure("Dit wachtwoord kunnen wij niet lezen. Geef het als UTF-8.") from error
