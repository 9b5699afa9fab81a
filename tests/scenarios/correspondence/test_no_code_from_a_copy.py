"""Whoever has the register, or a copy of it, makes no follow-up code from it: that takes the key beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.security.secret_box import SecretBox
from gehoor.bootstrap.register import open_runtime
from gehoor.bootstrap.register_files.key import key_file
from gehoor.services.correspondence.new_codes import CodeWay, NewCode, give_code
from gehoor.services.intake.unsent_forms import token_for
from gehoor.services.messages.sending import deliver
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.follow_up_codes import code_for, code_hash, code_secret
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.secrets import RegisterSecrets
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_web, publish_change, staff
from tests.support.paper_post import PaperPost

NOW = at("2026-05-13 10:00")
MAIL: dict[str, Any] = {"name": "Een nieuwe code", "subject": "Uw nieuwe code", "text": ["Met {code}."]}


def agreed(document: dict[str, Any]) -> None:
    document["rights"]["new-code"] = ["onthaal"]
    document["correspondence"] = {**document.get("correspondence", {}), "nieuwe-volgcode": MAIL}
    document["notices"]["code-mail"] = "nieuwe-volgcode"


@pytest.fixture
def runtime() -> Runtime:
    made = replace(de_linde(), secrets=RegisterSecrets(beside=lambda: SecretBox(b"k" * 32)))
    publish_change(made, agreed, "2026-02-01 09:00")
    staff(made, "ria", "onthaal")
    return made


def texts(kept: Any) -> Iterator[str]:
    if isinstance(kept, str):
        yield kept
    elif isinstance(kept, dict):
        for name, value in kept.items():
            yield from (*texts(name), *texts(value))
    elif isinstance(kept, list):
        for value in kept:
            yield from texts(value)


def made_from_a_copy(runtime: Runtime) -> set[str]:
    """Return the hashes of all codes that can be made from two texts that the register keeps."""
    with reading(runtime.store) as register:
        kept = {
            text
            for one in SCHEMAS
            for row in register.tables.select(one.name, where={})
            for text in texts(row)
        }
        secrets = {text for row in register.tables.select("settings", where={}) for text in texts(row)}
    keys = [one for one in secrets if len(one) == 64 and set(one) <= set("0123456789abcdef")]
    assert keys, "there is a secret in the register"
    return {code_hash(code_for(key, text)) for key in keys for text in kept}


def given(runtime: Runtime, way: CodeWay) -> str:
    """Give a code; returns the hash by which it opens the dossier."""
    dossier = open_by_web(runtime, "2026-05-12 14:00", klager_email="els@voorbeeld.be").dossier
    give_code(runtime, NewCode(dossier, way, "Teruggebeld.", "k1", "ria"), NOW)
    with reading(runtime.store) as register:
        return register.dossier(dossier).code_hash


def test_a_code_on_paper_is_made_from_nothing_that_is_kept(runtime: Runtime) -> None:
    assert given(runtime, CodeWay.PAPER) not in made_from_a_copy(runtime)


def test_a_code_that_waits_to_be_mailed_neither(runtime: Runtime) -> None:
    assert given(runtime, CodeWay.EMAIL) not in made_from_a_copy(runtime)


def test_nor_one_that_was_mailed(runtime: Runtime) -> None:
    mailed = given(runtime, CodeWay.EMAIL)
    deliver(runtime, PaperPost(), lambda: NOW)
    assert mailed not in made_from_a_copy(runtime)


def test_even_with_the_key_what_is_kept_of_a_form_makes_no_code(runtime: Runtime) -> None:
    on_paper, secret = given(runtime, CodeWay.PAPER), code_secret(runtime)
    with reading(runtime.store) as register:
        kept = [text for row in register.tables.select("submissions", where={}) for text in texts(row)]
    assert on_paper not in {code_hash(code_for(secret, text)) for text in kept}


def test_the_name_of_a_form_that_staff_did_not_send_neither(runtime: Runtime) -> None:
    elsewhere = replace(runtime, secrets=RegisterSecrets(beside=lambda: SecretBox(b"x" * 32)))
    assert token_for(runtime, "ria", "beukenhof") != token_for(elsewhere, "ria", "beukenhof")


def test_the_key_stands_beside_the_register_for_its_owner_only(tmp_path: Path) -> None:
    store = tmp_path / "register.db"
    runtime = open_runtime(store)
    try:
        code_secret(runtime)
    finally:
        runtime.store.close()
    assert key_file(store).stat().st_mode & 0o777 == 0o600
