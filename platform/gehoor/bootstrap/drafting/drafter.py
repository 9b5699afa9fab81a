"""What says of files what they would come to: asked again and again while somebody changes them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Final

from gehoor.adapters.sandbox.child import Limits
from gehoor.adapters.sandbox.process import TooHeavy, TooHeavyError
from gehoor.adapters.sandbox.workers import ConfinedWorkers
from gehoor.bootstrap.checking.outside import STEPS
from gehoor.bootstrap.drafting.plain import (
    plain_asking,
    plain_conversation,
    plain_examples,
    plain_outline,
    plain_ready_made,
    plain_report,
    plain_ruling,
    plain_sheet,
)
from gehoor.core.proposals.asking import AdaptedReport, Asking, FieldPlace, ReadyMade, Ruling
from gehoor.core.proposals.conversation import Conversation
from gehoor.core.proposals.sheets import Examples, FileOutline, Hit, Sheet, Untold, Use
from gehoor.core.proposals.sources import refuse_unfit, tree_digest, tree_of
from gehoor.core.text.canonical_json import load
from gehoor.services.ports.drafting import (
    Act,
    AnswerRefusedError,
    BusyDrafterError,
    Department,
    EditedFiles,
    Judged,
    NoSuchPlaceError,
    Question,
    SheetEdit,
    SheetRefusedError,
    Told,
    TooHeavySourcesError,
)

_CHILD: Final = "gehoor.bootstrap.drafting.drafting_child"
_NO_FILE: Final = (Act.DEPARTMENT, Act.QUESTION, Act.RULE, Act.ADAPT, Act.USE, Act.LEAVE)
"""The acts of which whoever reads files finds the file itself."""
_KEPT: Final = 32
_KEPT_SIGNS: Final = 16 * 1024 * 1024
"""What is kept of what was judged: of so many files, and of agreements so long, at the most."""
_MEMORY: Final = 384 * 1024 * 1024


@dataclass
class ConfinedDrafter:
    """Judges files in a child. What was judged lately is not judged again."""

    workers: ConfinedWorkers = field(default_factory=lambda: ConfinedWorkers(_CHILD, Limits(STEPS, _MEMORY)))
    _judged: OrderedDict[tuple[str, str], tuple[int, Judged]] = field(default_factory=OrderedDict)
    """What was judged last comes last, each with how long its agreements are as a text."""
    _sheets: OrderedDict[tuple[str, str, str, tuple[str | int, ...], bool], Sheet] = field(
        default_factory=OrderedDict
    )
    """The sheets that were asked last: whoever fills one in has it looked over again and again."""
    _lock: Lock = field(default_factory=Lock)

    def judge(self, sources: Mapping[str, bytes], organisation: str) -> Judged:
        """Check files, and put agreements together from them. Raises ``TooHeavySourcesError``."""
        key = tree_digest(tree_of(sources)), organisation
        with self._lock:
            if key in self._judged:
                self._judged.move_to_end(key)
                return self._judged[key][1]
        answer = self._ask("judge", sources, organisation)
        found = _judged(answer)
        with self._lock:
            self._judged[key] = sum(len(one["document"]) for one in answer["departments"]), found
            while len(self._judged) > _KEPT or (len(self._judged) > 1 and self._kept_signs() > _KEPT_SIGNS):
                self._judged.popitem(last=False)
        return found

    def _kept_signs(self) -> int:
        return sum(signs for signs, _ in self._judged.values())

    def outline(self, sources: Mapping[str, bytes], organisation: str) -> tuple[FileOutline, ...]:
        """Return what stands in each file. Raises ``TooHeavySourcesError``."""
        answer = self._ask("outline", sources, organisation, files=sorted(sources))
        return tuple(plain_outline(one) for one in answer["outline"])

    def find(self, sources: Mapping[str, bytes], organisation: str, asked: str) -> tuple[Hit, ...]:
        """Return where words are said in files. Raises ``TooHeavySourcesError``."""
        answer = self._ask("find", sources, organisation, files=sorted(sources), asked=asked)
        hits = answer["hits"]
        return tuple(
            Hit(**{**one, "path": tuple(one["path"]), "titles": tuple(one["titles"])}) for one in hits
        )

    def sheet(
        self,
        sources: Mapping[str, bytes],
        organisation: str,
        file: str,
        path: tuple[str | int, ...],
        *,
        grows: bool = False,
    ) -> Sheet:
        """Return what stands at a place of a file; with ``grows`` also where nothing stands yet. Raises
        ``NoSuchPlaceError`` and ``TooHeavySourcesError``."""
        _refuse_elsewhere(sources, file)
        key = tree_digest(tree_of(sources)), organisation, file, path, grows
        with self._lock:
            if key in self._sheets:
                self._sheets.move_to_end(key)
                return self._sheets[key]
        answer = self._ask("sheet", sources, organisation, file=file, path=path, grows=grows)
        if "missing" in answer:
            raise NoSuchPlaceError(answer["missing"])
        found = plain_sheet(answer["sheet"])
        with self._lock:
            self._sheets[key] = found
            while len(self._sheets) > _KEPT:
                self._sheets.popitem(last=False)
        return found

    def uses(
        self, sources: Mapping[str, bytes], organisation: str, file: str, path: tuple[str | int, ...]
    ) -> tuple[Use, ...]:
        """Return where a thing at a place of a file is named. Raises ``NoSuchPlaceError`` and
        ``TooHeavySourcesError``."""
        _refuse_elsewhere(sources, file)
        answer = self._ask("uses", sources, organisation, file=file, path=path)
        if "missing" in answer:
            raise NoSuchPlaceError(answer["missing"])
        return tuple(Use(**one) for one in answer["uses"])

    def conversation(self, sources: Mapping[str, bytes], organisation: str, asked: str = "") -> Conversation:
        """Return what files answer to each question. Raises ``TooHeavySourcesError``."""
        return plain_conversation(self._ask("conversation", sources, organisation, asked=asked))

    def examples(self, sources: Mapping[str, bytes], organisation: str) -> Mapping[str, Examples]:
        """Return for each department the examples that show its rules. Raises ``TooHeavySourcesError``."""
        found = self._ask("examples", sources, organisation)["examples"]
        return {name: plain_examples(one) for name, one in found.items()}

    def untold(self, sources: Mapping[str, bytes], organisation: str) -> tuple[Untold, ...]:
        """Return the texts that lack a translation. Raises ``TooHeavySourcesError``."""
        found = self._ask("untold", sources, organisation)["untold"]
        return tuple(Untold(**{**one, "path": tuple(one["path"])}) for one in found)

    def edit(self, sources: Mapping[str, bytes], organisation: str, wanted: SheetEdit) -> EditedFiles:
        """Return what an edit makes of files. Raises ``NoSuchPlaceError``, ``SheetRefusedError`` and
        ``TooHeavySourcesError``."""
        if wanted.act not in _NO_FILE:
            _refuse_elsewhere(sources, wanted.file)
        answer = self._ask("edit", sources, organisation, edit=asdict(wanted))
        if "missing" in answer:
            raise NoSuchPlaceError(answer["missing"])
        if "refused" in answer:
            raise SheetRefusedError(*answer["refused"])
        files = {file: text.encode() for file, text in answer["files"].items()}
        return EditedFiles(files, tuple(answer["path"]))

    def asking(self, sources: Mapping[str, bytes], organisation: str) -> Asking:
        """Return what can be chosen of a question that comes. Raises ``TooHeavySourcesError``."""
        return plain_asking(self._ask("asking", sources, organisation)["asking"])

    def ruling(self, sources: Mapping[str, bytes], organisation: str, department: str) -> Ruling:
        """Return what can be chosen of a rule that comes. Raises ``TooHeavySourcesError``."""
        return plain_ruling(self._ask("ruling", sources, organisation, department=department)["ruling"])

    def reports(self, sources: Mapping[str, bytes], organisation: str) -> tuple[AdaptedReport, ...]:
        """Return the reports with their chapters as they come. Raises ``TooHeavySourcesError``."""
        return tuple(map(plain_report, self._ask("reports", sources, organisation)["reports"]))

    def field_places(self, sources: Mapping[str, bytes], organisation: str) -> tuple[FieldPlace, ...]:
        """Return the fields of the dossier, by phase and as they come on its form. Raises
        ``TooHeavySourcesError``."""
        found = self._ask("field-places", sources, organisation)["fields"]
        return tuple(FieldPlace(**one) for one in found)

    def ready_made(self, sources: Mapping[str, bytes], organisation: str) -> tuple[ReadyMade, ...]:
        """Return the reports and standards of files that organisations share. Raises ``TooHeavySourcesError``."""
        return tuple(map(plain_ready_made, self._ask("ready-made", sources, organisation)["found"]))

    def questions(self) -> tuple[Question, ...]:
        """Return what is asked of who begins an organisation, in order. Raises ``TooHeavySourcesError``."""
        found = self._ask("questions", {}, "")["questions"]
        return tuple(
            Question(one["name"], one["ask"], one["default"], tuple(one["choices"])) for one in found
        )

    def first_files(
        self, answers: Mapping[str, str], today: date, taken: Sequence[str]
    ) -> tuple[str, Mapping[str, bytes]]:
        """Return the id of a new organisation and its first files. Raises ``AnswerRefusedError`` and
        ``TooHeavySourcesError``."""
        more = {"answers": dict(answers), "today": today.isoformat(), "taken": list(taken)}
        answer = self._ask("begin", {}, "", **more)
        if "refused" in answer:
            raise AnswerRefusedError(*answer["refused"])
        return answer["organisation"], {file: text.encode() for file, text in answer["files"].items()}

    def _ask(self, what: str, sources: Mapping[str, bytes], organisation: str, **more: Any) -> Any:
        if sources:
            # Whoever asks may have looked; what is written below a folder of ours is looked at here.
            refuse_unfit(sources, organisation)
        with TemporaryDirectory(prefix="gehoor-") as place:
            write_sources(Path(place), sources)
            request = {"what": what, "workspace": place, "organisation": organisation, **more}
            try:
                return self.workers.ask(request)
            except TooHeavyError as error:
                kind = BusyDrafterError if error.reason is TooHeavy.BUSY else TooHeavySourcesError
                raise kind(error.reason.value) from error


def _refuse_elsewhere(sources: Mapping[str, bytes], file: str) -> None:
    if file not in sources:
        raise NoSuchPlaceError(file)


def write_sources(place: Path, sources: Mapping[str, bytes]) -> None:
    """Write files below a folder of ours, of which ``refuse_unfit`` had nothing to say: no name leads elsewhere."""
    for file, content in sources.items():
        path = place / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _judged(answer: Mapping[str, Any]) -> Judged:
    return Judged(
        tuple(Told(**{**one, "asks": tuple(one["asks"])}) for one in answer["told"]),
        tuple(Department(one["name"], load(one["document"]), one["places"]) for one in answer["departments"]),
    )
