"""Each example takes in an e-mail as it comes, without anybody filling in the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gehoor.bootstrap.register import open_runtime
from gehoor.services.intake.mail_fetching import Came, MailDesk, fetch_mail
from gehoor.services.ports.mailbox import Pile
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.shipped.examples import SHIPPED, examples
from tests.support.cli_run import run
from tests.support.clock import at
from tests.support.mails.people import told

LETTER = next(one for one in told() if one.name == "bel: with a letter")
NOW = at("2026-05-13 10:00")


class _Shelf:
    """A mailbox with one e-mail."""

    known_as = ""

    def waiting(self) -> Sequence[str]:
        return ["1"]

    def read(self, name: str) -> bytes:
        return LETTER.content

    def put(self, name: str, pile: Pile) -> None:
        assert pile is Pile.DONE


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    file: Path = tmp_path_factory.mktemp("register") / "register.db"
    ran = run("publish", "--workspace", SHIPPED, "--store", file, "--now", "2026-01-01", "--by", "team")
    assert ran.code == 0, ran.err
    opened = open_runtime(file)
    yield opened
    opened.store.close()


@pytest.mark.parametrize("place", [(one.organisation, one.department) for one in examples().departments])
def test_an_email_with_a_letter_becomes_a_dossier(runtime: Runtime, place: tuple[str, str]) -> None:
    with reading(runtime.store) as register:
        agreement = runtime.library.in_force(register, *place, NOW)
    (outcome,) = fetch_mail(MailDesk(runtime, agreement, "dossier", (), lambda: NOW), _Shelf())
    assert outcome.came is Came.REGISTERED, outcome.objections
    assert not outcome.left_files
