"""Each use case that takes a text of somebody refuses one that is too long, whoever asks it and without any page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest

from gehoor.core.dossier.notes import ContactWay
from gehoor.services.access.authorisation import Operator
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.correspondence.new_codes import CodeWay, NewCode, give_code
from gehoor.services.correspondence.notes import ContactMade, note_contact, strike_note, write_note
from gehoor.services.correspondence.task_trouble import Trouble, tell_trouble
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.break_glass import Emergency, break_glass
from gehoor.services.dossiers.term_changes import Adjustment, extend
from gehoor.services.intake.withdrawing import withdraw
from gehoor.services.proposals.changing import found_organisation, rename
from gehoor.services.proposals.discussing import comment
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.codes_in_texts import TooLongError
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.linking import link
from gehoor.services.relations.merging import MergeWanted, merge
from gehoor.services.relations.sending_on import SendWanted, send_elsewhere, send_to_department
from gehoor.services.retention.approval import hold_back
from gehoor.services.search.saved_searches import save_search
from tests.support.belonging import NOW, house, ready, told
from tests.support.clock import at

BOSS: Final = Operator("beheerder")
LONG: Final = "x" * 60_000
WHEN: Final = at(NOW)
OTHER: Final = "BEU-2026-0002"


def contact(dossier: str, whom: str = "Els", text: str = "Gebeld.") -> ContactMade:
    return ContactMade(
        dossier,
        date(2026, 5, 5),
        whom,
        ContactWay.PHONE,
        ours=True,
        reached=True,
        text=text,
        key="k",
        actor=BOSS,
    )


def proposal(runtime: Runtime, title: str = "Iets") -> str:
    files = {"definitions/de-linde/klacht.yaml": b""}
    return found_organisation(runtime, "de-linde", title, files, BOSS, WHEN).id


USES: Final[dict[str, Callable[[Runtime, str], Any]]] = {
    "giving it to somebody": lambda runtime, one: assign(
        runtime, Assigning(one, "els", BOSS, note=LONG), WHEN
    ),
    "linking": lambda runtime, one: link(runtime, one, OTHER, LONG, BOSS, WHEN),
    "merging": lambda runtime, one: merge(
        runtime, MergeWanted(one, OTHER, LONG, same_person=False, actor=BOSS), WHEN
    ),
    "sending on": lambda runtime, one: send_to_department(
        runtime, SendWanted(one, "eikenrode", LONG, BOSS), WHEN
    ),
    "sending elsewhere, why": lambda runtime, one: send_elsewhere(
        runtime, SendWanted(one, "De gemeente", LONG, BOSS), WHEN
    ),
    "sending elsewhere, where to": lambda runtime, one: send_elsewhere(
        runtime, SendWanted(one, LONG, "Daar.", BOSS), WHEN
    ),
    "a note": lambda runtime, one: write_note(runtime, one, LONG, "k", WHEN, BOSS),
    "striking out": lambda runtime, one: strike_note(runtime, one, 1, LONG, WHEN, BOSS),
    "a contact, with whom": lambda runtime, one: note_contact(runtime, contact(one, whom=LONG), WHEN),
    "a contact, what was said": lambda runtime, one: note_contact(runtime, contact(one, text=LONG), WHEN),
    "a message from outside": lambda runtime, one: write_to_us(runtime, one, LONG, "k", WHEN),
    "a message to outside": lambda runtime, one: write_back(runtime, one, LONG, "k", WHEN, BOSS),
    "withdrawing": lambda runtime, one: withdraw(runtime, one, LONG, WHEN),
    "a code anew": lambda runtime, one: give_code(
        runtime, NewCode(one, CodeWay.PAPER, LONG, "k", BOSS), WHEN
    ),
    "a longer term": lambda runtime, one: extend(
        runtime, Adjustment(one, "antwoord", BOSS, reason=LONG, told=date(2026, 5, 5)), WHEN
    ),
    "a list": lambda runtime, _one: save_search(runtime, "els", LONG, ""),
    "a list, what it asks": lambda runtime, _one: save_search(runtime, "els", "Van mij", LONG),
    "a proposal": lambda runtime, _one: proposal(runtime, LONG),
    "another title": lambda runtime, _one: rename(runtime, proposal(runtime), LONG, BOSS, WHEN),
    "a remark": lambda runtime, _one: comment(runtime, proposal(runtime), LONG, BOSS, WHEN),
    "a remark, at what": lambda runtime, _one: comment(runtime, proposal(runtime), "Ja.", BOSS, WHEN, LONG),
    "holding back": lambda runtime, one: hold_back(runtime, one, LONG, BOSS, WHEN),
    "an emergency": lambda runtime, _one: break_glass(
        runtime, Emergency(("de-linde", "beukenhof"), OTHER, "els", LONG), WHEN
    ),
    "a task that does not work out": lambda runtime, one: tell_trouble(
        runtime, Trouble(one, "helpen", "", LONG, "k", "els"), WHEN
    ),
}


@pytest.mark.parametrize("use", USES)
def test_it_is_refused_and_nothing_of_it_is_kept(use: str) -> None:
    runtime = house()
    dossier, _other = (told(runtime, f"2026-05-0{day} 10:00").dossier for day in (3, 4))
    ready(runtime, dossier)
    with pytest.raises((RefusedError, TextRefusedError, TooLongError, ValueError)) as refusal:
        USES[use](runtime, dossier)
    assert is_about_length(refusal.value), refusal.value
    with runtime.store.transaction() as tables:
        assert LONG[:1000] not in str(
            [list(tables.select(name)) for name in ("events", "searches", "proposal_log")]
        )


def is_about_length(error: BaseException) -> bool:
    if isinstance(error, RefusedError):
        return [one.code for one in error.objections] == ["text-too-long"]
    return isinstance(error, TooLongError) or getattr(error, "code", "") in ("long", "whom")
