"""The use cases that a replay goes through, by the names that they have in the code of now.

Nothing else in this folder names them, so that a code with other names needs a module of its own in the place of this
one, and no more. The recording was made so, by the code of commit 6aca108: the last one before the rooms, where modules
lay flat. This folder was laid in a checkout of it, with such a module, and ``record`` was run there.

What that code called otherwise and means the same is told by its name of now: ``Happening`` (a new event), ``Firing``
and ``Decision.firings`` (a due action), ``ConflictError`` (an edit conflict), ``sightings`` (match keys). Members that
are null were written down then and are left out now; of summaries is told what was in them then.

One thing was wanted otherwise since, and does not happen in the scenario: whoever has no account that is in use, works
elsewhere, or lacks a right that the agreement keeps for others, was refused by the pages, and is now refused by the use
cases themselves. An operator was the name of no account.
"""

from __future__ import annotations

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.adapters.security.sealing import AesSealer
from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.classification import Proposed
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision, DueAction
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import EventKind, instant_text, parse_instant, verify
from gehoor.core.objections.objections import Objection
from gehoor.core.text.canonical_json import content_hash, dump, load
from gehoor.loading.load import load_workspace
from gehoor.services.access.authorisation import Actor, NotAllowedError, Operator
from gehoor.services.agreements.publishing import Publishable, Validity, ValidityError, publish
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.dossiers.assignment import Assigning, assign, assign_many
from gehoor.services.dossiers.autosave import Unsaved, unsaved_of
from gehoor.services.dossiers.autosave import keep as keep_unsaved
from gehoor.services.dossiers.break_glass import Emergency, break_glass
from gehoor.services.dossiers.duties import Approving, Settling, approve, finish, owe_again, waive
from gehoor.services.dossiers.editing import EditConflictError, Filling, fill_in
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import UnknownFormError, open_dossier
from gehoor.services.dossiers.reopening import reopen
from gehoor.services.dossiers.repinning import Repinning, rehearse_repin, repin
from gehoor.services.dossiers.term_changes import Adjustment, extend, resume, suspend
from gehoor.services.dossiers.viewing import look
from gehoor.services.intake.status_page import dossier_of_code, follow
from gehoor.services.intake.unsent_forms import Unsent, open_unsent
from gehoor.services.intake.unsent_forms import keep as keep_unsent
from gehoor.services.jobs.sweep import sweep
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.documents import event_document
from gehoor.services.ports.outside import MailError
from gehoor.services.ports.records import Account, Message, to_document
from gehoor.services.ports.store import Store
from gehoor.services.projection.projection import project_pending
from gehoor.services.recording.answers import RefusedError
from gehoor.services.recording.attachments import NewFile, content_of, keep_waiting
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library, NothingPublishedError
from gehoor.services.register.register import (
    Register,
    UnknownDossierError,
    VersionConflictError,
    reading,
    writing,
)
from gehoor.services.register.runtime import Runtime

__all__ = [
    "SCHEMAS",
    "Account",
    "Action",
    "Actor",
    "Adjustment",
    "AesSealer",
    "Agreement",
    "Approving",
    "Assigning",
    "Decision",
    "Dossier",
    "DurableRuleEngine",
    "EditConflictError",
    "Emergency",
    "EventKind",
    "Filling",
    "Library",
    "MailError",
    "MemoryStore",
    "Message",
    "NewFile",
    "NotAllowedError",
    "NothingPublishedError",
    "Objection",
    "Opening",
    "Proposed",
    "Publishable",
    "RefusedError",
    "Register",
    "Repinning",
    "Runtime",
    "Settling",
    "SniffingInspector",
    "Store",
    "TextRefusedError",
    "TinyDBStore",
    "UnknownDossierError",
    "UnknownFormError",
    "Unsaved",
    "Unsent",
    "Validity",
    "ValidityError",
    "VersionConflictError",
    "approve",
    "assign",
    "assign_many",
    "break_glass",
    "brought_up_to_date",
    "content_hash",
    "content_of",
    "decide",
    "deliver",
    "dossier_of_code",
    "due_actions",
    "dump",
    "event_document",
    "extend",
    "fill_in",
    "finish",
    "fold",
    "follow",
    "instant_text",
    "keep_unsaved",
    "keep_unsent",
    "keep_waiting",
    "load",
    "load_workspace",
    "look",
    "open_dossier",
    "open_unsent",
    "operator",
    "owe_again",
    "parse_instant",
    "publish",
    "reading",
    "rehearse_repin",
    "reopen",
    "repin",
    "resume",
    "suspend",
    "sweep",
    "to_document",
    "unsaved_of",
    "verify",
    "waive",
    "write_back",
    "write_to_us",
    "writing",
]


def operator(name: str) -> Actor:
    """Return whoever runs the server, as an actor."""
    return Operator(name)


def due_actions(decision: Decision) -> tuple[DueAction, ...]:
    """Return what must happen now and has not happened yet."""
    return decision.due_actions


def brought_up_to_date(runtime: Runtime) -> None:
    """Work out the summaries that wait for it."""
    project_pending(runtime)
