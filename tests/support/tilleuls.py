"""Les Tilleuls, an organisation that works in French. Its files are a workspace of their own among the examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from gehoor.core.dossier.notes import ContactWay
from gehoor.core.text.problems import errors
from gehoor.loading.load import LoadedDepartment, load_workspace
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.correspondence.drafting import Writing, as_template_gives, keep_draft
from gehoor.services.correspondence.new_codes import NewCode, give_code
from gehoor.services.correspondence.notes import ContactMade, note_contact, pin_note, strike_note, write_note
from gehoor.services.correspondence.sending import Sending, send
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.break_glass import Emergency, break_glass
from gehoor.services.dossiers.duties import Approving, Settling, approve, finish, owe_again, waive
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.term_changes import Adjustment, extend, resume, suspend
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import Store
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import PUBLISHED_ON, new_runtime

WORKSPACE = Path(__file__).parents[1] / "examples" / "tilleuls"
ORGANISATION, DEPARTMENT = "tilleuls", "meuse"
ANNE = Operator("anne")
STORY = "La soupe était froide et personne n'est venu."

_keys = count(1)


@cache
def department() -> LoadedDepartment:
    """Return the one department as loaded from the files."""
    loaded = load_workspace(WORKSPACE, (ORGANISATION,))
    assert not errors(loaded.problems)
    (found,) = loaded.departments
    return found


def proposal() -> Publishable:
    """Return what the files say."""
    loaded = department()
    return Publishable(ORGANISATION, DEPARTMENT, loaded.document, loaded.places)


def tilleuls(store: Store | None = None) -> Runtime:
    """Return a runtime in which Les Tilleuls published its agreements."""
    runtime = new_runtime(store)
    publish(runtime, [proposal()], PUBLISHED_ON, "direction")
    return runtime


def open_by_web(runtime: Runtime, when: str, story: str = STORY) -> Receipt:
    """Tell a story by the website, with a name."""
    answers = {"recit": story, "nom": "Anne Dubois"}
    return open_dossier(
        runtime, Opening(ORGANISATION, DEPARTMENT, "melden", answers, f"tilleuls-{next(_keys)}"), at(when)
    )


def lived(runtime: Runtime) -> str:
    """Let everything happen to a dossier of Monday 4 May 2026 that can happen to one; returns its id.

    It ends on Wednesday 17 June 2026: answered late, closed, and opened again.
    """
    staff(runtime, "luc", "mediation")
    staff(runtime, "marie", "direction")
    staff(runtime, "zoe", "accueil")
    earlier = open_by_web(runtime, "2026-04-01 09:00", "Il faisait froid la nuit de Pâques.").dossier
    dossier = open_by_web(runtime, "2026-05-04 09:00").dossier
    wanted = Adjustment(dossier, "reponse", ANNE)
    assign(runtime, Assigning(dossier, "luc", ANNE, "À suivre de près."), at("2026-05-04 10:00"))
    assign(runtime, Assigning(dossier, "", ANNE), at("2026-05-04 11:00"))
    write_to_us(runtime, dossier, "Avez-vous du nouveau ?", "message-1", at("2026-05-05 09:00"))
    write_back(runtime, dossier, "Pas encore.", "message-2", at("2026-05-05 10:00"), ANNE)
    _letter(runtime, dossier)
    noted = write_note(
        runtime, dossier, "Appeler avant 10 h.", "n-1", at("2026-05-05 13:00"), ANNE, pinned=True
    )
    pin_note(runtime, dossier, noted.notes[0].sequence, at("2026-05-05 13:30"), ANNE, pinned=False)
    strike_note(
        runtime, dossier, noted.notes[0].sequence, "C'est l'après-midi.", at("2026-05-05 13:45"), ANNE
    )
    call = ContactMade(
        dossier, date(2026, 5, 5), "Anne Dubois", ContactWay.PHONE, True, True, "Elle attend.", "c-1", ANNE
    )  # fmt: skip
    note_contact(runtime, call, at("2026-05-05 14:00"))
    give_code(runtime, NewCode(dossier, "paper", "Elle est passée.", "code-1", ANNE), at("2026-05-05 15:00"))
    fill(
        runtime, dossier, "2026-05-06 09:00", objet="Soupe froide", gravite=5, cout="12.50", fondee="ja",
        appele_a="2026-05-06T09:30",
        parties=[{"quoi": "Repas", "quand": "2026-05-03", "reglee": "nee"}],
    )  # fmt: skip
    waiting = replace(wanted, reason="attente-de-la-famille")
    suspend(runtime, waiting, at("2026-05-07 09:00"))
    resume(runtime, wanted, at("2026-05-11 09:00"))
    longer = replace(wanted, reason="Deux services concernés", told=date(2026, 5, 11))
    extend(runtime, longer, at("2026-05-12 09:00"))
    (owed,) = look(runtime, dossier, at("2026-05-12 09:00")).decision.duties
    key = owed.owed.key
    waive(runtime, Settling(dossier, key, ANNE, "Pas de dommage."), at("2026-05-12 10:00"))
    owe_again(runtime, Settling(dossier, key, ANNE, "Il y en a quand même."), at("2026-05-12 11:00"))
    fill(runtime, earlier, "2026-05-12 12:00", nom="Paul Martin")
    for day in ("2026-05-13", "2026-06-04", "2026-06-08", "2026-06-15"):
        sweep(runtime, at(f"{day} 09:00"))
    finish(runtime, Settling(dossier, key, ANNE, "Par courrier."), at("2026-06-16 10:00"))
    fill(
        runtime,
        dossier,
        "2026-06-16 11:00",
        analyse="La cuisine a servi trop tard ce jour-là.",
        gravite=4,
        cout="",
    )
    number = look(runtime, dossier, at("2026-06-16 11:00")).dossier.number
    urgent = Emergency((ORGANISATION, DEPARTMENT), number, "zoe", "La famille attend au téléphone.")
    break_glass(runtime, urgent, at("2026-06-16 11:30"))
    (approval,) = look(runtime, dossier, at("2026-06-16 11:00")).decision.approvals
    approve(runtime, Approving(dossier, approval.key, "marie", "Bien."), at("2026-06-16 12:00"))
    fill(runtime, dossier, "2026-06-16 13:00", reponse_le="2026-06-16")
    fill(runtime, dossier, "2026-06-16 14:00", cloture_le="2026-06-16")
    reopen(runtime, dossier, "La famille a écrit de nouveau.", ANNE, at("2026-06-17 09:00"))
    return dossier


def _letter(runtime: Runtime, dossier: str) -> None:
    """Write how far it is, and send it on paper."""
    opened = look(runtime, dossier, at("2026-05-05 11:00"))
    template = opened.agreement.correspondence["nouvelles"]
    text = as_template_gives(runtime, opened, template, "fr", "Anne", at("2026-05-05 11:00"))
    writing = Writing(dossier, template.id, "fr", text.subject, text.text, 0, text.basis, ANNE)
    draft = keep_draft(runtime, writing, at("2026-05-05 11:00")).drafts[template.id]
    send(runtime, Sending(dossier, template.id, draft.sequence, "post", ANNE), at("2026-05-05 12:00"))


def fill(runtime: Runtime, dossier: str, when: str, **answers: Any) -> None:
    """Fill in a dossier as someone who has just looked at it."""
    version = look(runtime, dossier, at(when)).dossier.version
    fill_in(runtime, Filling(dossier, answers, version, ANNE), at(when))


def staff(runtime: Runtime, name: str, *roles: str) -> None:
    """Add someone with roles in every department."""
    full = tuple(f"{ORGANISATION}/*:{role}" for role in roles)
    with writing(runtime.store) as register:
        register.save_account(Account(name, name.title(), f"{name}@tilleuls.example", "", full))
