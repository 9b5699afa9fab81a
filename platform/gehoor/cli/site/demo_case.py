"""A case of the demo, on its way through the use cases; what the files refuse is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.cli.support.refusals import plain_refusals
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.letters.model import Way
from gehoor.core.letters.open_spots import open_spot, open_spots
from gehoor.core.objections.objections import Objection
from gehoor.services.access.authorisation import OUTSIDE, NotAllowedError, Operator
from gehoor.services.correspondence.conversation import write_back, write_to_us
from gehoor.services.correspondence.drafting import Writing, as_template_gives, begun_in, keep_draft
from gehoor.services.correspondence.letters import ways_open
from gehoor.services.correspondence.notes import ContactMade, ContactRefusedError, note_contact, write_note
from gehoor.services.correspondence.sending import Sending, send
from gehoor.services.correspondence.texts import TextRefusedError
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.dossiers.duties import Approving, Settling, approve, finish
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import UnknownFormError, open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.relations.linking import link

_IMPOSSIBLE: Final = (
    NotAllowedError,
    TextRefusedError,
    ContactRefusedError,
    UnknownFormError,
    NothingPublishedError,
    UnknownDossierError,
)


@dataclass
class DemoCase:
    """A case as the demo tells it. ``left``: what could not be done of all cases, in sentences."""

    runtime: Runtime
    organisation: str
    names: Mapping[str, str]
    data: Mapping[str, Any]
    left: list[str]
    dossier: str = ""

    def open(self, at: datetime, answers: Mapping[str, Any]) -> None:
        """Open the dossier, with what the files take of its answers."""
        self._try(at, lambda: self._open(at, answers))

    def fill(self, at: datetime, answers: Mapping[str, Any], actor: str, reason: str) -> None:
        """Give what the files take of these answers, and why they change what stood there."""
        self._try_opened(at, lambda: self._fill(at, answers, actor or Operator(OUTSIDE), reason))

    def say(self, at: datetime, text: str, actor: str) -> None:
        """Write to who told it, or from them."""
        key = f"demo/{self.data['case']}/{at.isoformat()}"
        if actor:
            self._try_opened(at, lambda: write_back(self.runtime, self.dossier, text, key, at, actor))
        else:
            self._try_opened(at, lambda: write_to_us(self.runtime, self.dossier, text, key, at))

    def note(self, at: datetime, step: Mapping[str, Any]) -> None:
        """Write a note, pinned or not."""
        given = (step["notes"].strip(), f"demo/{self.data['case']}/{at.isoformat()}", at, step["by"])
        pinned = bool(step.get("pinned"))
        self._try_opened(at, lambda: write_note(self.runtime, self.dossier, *given, pinned=pinned))

    def speak(self, at: datetime, step: Mapping[str, Any], zone: ZoneInfo) -> None:
        """Note with whom somebody spoke, or tried to."""
        made = ContactMade(
            dossier=self.dossier,
            on=at.astimezone(zone).date(),
            whom=step["spoke"],
            way=step["way"],
            ours=step.get("ours", True),
            reached=step.get("reached", True),
            text=step.get("about", ""),
            key=f"demo/{self.data['case']}/{at.isoformat()}",
            actor=step["by"],
        )
        self._try_opened(at, lambda: note_contact(self.runtime, made, at))

    def finish(self, at: datetime, step: Mapping[str, Any]) -> None:
        """Do a duty."""
        done = (step["done"], step["by"], step["note"])
        self._try_opened(at, lambda: finish(self.runtime, Settling(self.dossier, *done), at))

    def approve(self, at: datetime, step: Mapping[str, Any]) -> None:
        """Approve what a rule asks approval of: a letter as it was last written, where there is one."""

        def act() -> None:
            drafts = look(self.runtime, self.dossier, at, step["by"]).dossier.drafts.values()
            last = max((one.sequence for one in drafts), default=0)
            given = (step["approves"], step["by"], step.get("note", ""), last)
            approve(self.runtime, Approving(self.dossier, *given), at)

        self._try_opened(at, act)

    def assign(self, at: datetime, step: Mapping[str, Any]) -> None:
        """Give the dossier to somebody."""
        given = (step["handler"], step["by"], step.get("note", ""))
        beside = bool(step.get("beside"))
        self._try_opened(at, lambda: assign(self.runtime, Assigning(self.dossier, *given, beside=beside), at))

    def link(self, at: datetime, step: Mapping[str, Any], others: Mapping[str, DemoCase]) -> None:
        """Say that the dossier belongs with that of another case."""
        other = others.get(step["links"])

        def act() -> None:
            number = look(self.runtime, other.dossier, at).dossier.number if other else ""
            link(self.runtime, self.dossier, number, step["note"], step["by"], at)

        if other and other.dossier:
            self._try_opened(at, act)

    def write(self, at: datetime, step: Mapping[str, Any]) -> None:
        """Write a letter as its template gives it, with these words for what is open in it."""
        if self._agreed(at, step["writes"]):
            self._try_opened(at, lambda: self._written(at, step["writes"], step))

    def send(self, at: datetime, step: Mapping[str, Any], otherwise: Mapping[str, Any]) -> None:
        """Send a letter, written before or now, as asked or else on paper; where no such letter was agreed, give these
        answers."""
        if self._agreed(at, step["letter"]):
            self._try_opened(at, lambda: self._send(at, step))
        else:
            self.fill(at, otherwise, step["by"], "")

    def _agreed(self, at: datetime, letter: str) -> bool:
        known = look(self.runtime, self.dossier, at).agreement.correspondence if self.dossier else {}
        return letter in known

    def _send(self, at: datetime, step: Mapping[str, Any]) -> None:
        opened = look(self.runtime, self.dossier, at, step["by"])
        template = opened.agreement.correspondence[step["letter"]]
        kept = opened.dossier.drafts.get(template.id)
        draft = kept.sequence if kept else self._written(at, template.id, step)
        open_ways = ways_open(opened.agreement, template, opened.dossier)
        way = step["way"] if step["way"] in open_ways else Way.POST.value
        # Who decided in between read it again.
        sending = Sending(self.dossier, template.id, draft, way, step["by"], read_again=True)
        send(self.runtime, sending, at)

    def _written(self, at: datetime, letter: str, step: Mapping[str, Any]) -> int:
        opened = look(self.runtime, self.dossier, at, step["by"])
        template = opened.agreement.correspondence[letter]
        language, sender = begun_in(opened, template), self.names.get(step["by"], "")
        content = as_template_gives(self.runtime, opened, template, language, sender, at)
        words = step.get("words", "").strip()
        text = reduce(
            lambda told, spot: told.replace(open_spot(spot), words), open_spots(content.text), content.text
        )
        given = (self.dossier, letter, language, content.subject, text, 0, content.basis, step["by"])
        return keep_draft(self.runtime, Writing(*given), at).drafts[letter].sequence

    def _open(self, at: datetime, answers: Mapping[str, Any]) -> None:
        actor = self.data.get("by", "")

        def give(kept: Mapping[str, Any]) -> None:
            opening = Opening(
                organisation=self.organisation,
                department=self.data["department"],
                form=self.data["form"],
                answers=kept,
                key=f"demo/{self.data['case']}",
                actor=actor,
                actor_name=self.names.get(actor, ""),
            )
            self.dossier = open_dossier(self.runtime, opening, at).dossier

        self._give(at, answers, give)

    def _fill(self, at: datetime, answers: Mapping[str, Any], actor: str | Operator, reason: str) -> None:
        def give(kept: Mapping[str, Any]) -> None:
            with reading(self.runtime.store) as register:
                version = register.dossier(self.dossier).version
            fill_in(self.runtime, Filling(self.dossier, kept, version, actor, reason=reason), at)

        self._give(at, answers, give)

    def _give(
        self, at: datetime, answers: Mapping[str, Any], give: Callable[[Mapping[str, Any]], None]
    ) -> None:
        """Give answers, and those that are left once more without what was refused."""
        try:
            give(answers)
        except RefusedError as refused:
            named = {one.field for one in refused.objections}
            kept = {name: given for name, given in answers.items() if name not in named}
            if len(kept) in (0, len(answers)):
                raise
            self._tell(at, [one for one in refused.objections if one.field in answers])
            self._give(at, kept, give)

    def _try_opened(self, at: datetime, act: Callable[[], object]) -> None:
        if self.dossier:  # Of one that was not opened is told already.
            self._try(at, act)

    def _try(self, at: datetime, act: Callable[[], object]) -> None:
        try:
            act()
        except RefusedError as refused:
            self._tell(at, refused.objections)
        except _IMPOSSIBLE:
            self.left.append(f"{self._place()}: een stap die hier niet kan, of niet door wie hem zet")

    def _tell(self, at: datetime, objections: list[Objection]) -> None:
        with reading(self.runtime.store) as register:
            agreement = self.runtime.library.in_force(
                register, self.organisation, self.data["department"], at
            )
        form = DOSSIER_FORM if self.dossier else self.data["form"]
        for one in plain_refusals(agreement, form, objections):
            what = f"{one['label']} ({one['field']}): " if one["label"] else ""
            self.left.append(f"{self._place()}: {what}{one['message']}")

    def _place(self) -> str:
        return f"{self.data['department']}, {self.data['case']}"
