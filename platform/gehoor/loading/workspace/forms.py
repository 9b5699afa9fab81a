"""Forms: JSON Schema files that may take fields from shared groups with ``$ref``; local files only, no circles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced, value_at
from gehoor.loading.merge.source_map import Path
from gehoor.loading.workspace.file import LoadedFile, load_file
from gehoor.loading.workspace.narrowing import narrow, narrows
from gehoor.loading.workspace.references import Refused, Target, target_of

_MOST_STEPS = 5
"""A field may refer to a field that refers again, so often: nobody could follow more."""
_DEEPEST_GROUP = 20
"""A group of fields may be made of groups again, so deep."""
_OF_A_GROUP = (
    "properties",
    "allOf",
    "$defs",
    "$schema",
    "$comment",
    "language",
    "title",
    "description",
    "type",
)
"""What a file may say of which others take over the fields."""
_NOT_TAKEN_OVER = ("properties", "allOf", "$defs", "$schema", "language", "type")


@dataclass(frozen=True)
class _Known:
    """What a field came to, the files that it refers to, and where in those."""

    field: Sourced
    beside: tuple[LoadedFile, ...]
    followed: frozenset[Target]


@dataclass
class FormLibrary:
    """The form files of a workspace, each read once and put together once."""

    workspace: FilePath
    files: dict[str, LoadedFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: Broken = field(default_factory=Broken)
    followed: set[Target] = field(default_factory=set)
    """Where references of fields led to."""
    _whole: dict[str, Sourced] = field(default_factory=dict)

    def load(self, file: str) -> LoadedFile:
        """Return a form file, loading it the first time."""
        if file not in self.files:
            self.files[file] = load_file(self.workspace, file, "form")
        return self.files[file]

    def resolved(self, file: str) -> Sourced:
        """Return a form with everything it refers to in place: its fields in order under ``properties``.

        Not to be changed by who asks.
        """
        if file not in self._whole:
            form = self.load(file)
            result = Sourced()
            result.spots.own = form.canonical.spots.own
            for key in form.canonical.data:
                if key not in _NOT_TAKEN_OVER:
                    result.put((key,), form.canonical, (key,))
            result.data.setdefault("properties", {})
            self._groups(form, result, [file], 0)
            self._own_fields(form, result)
            self._whole[file] = result
        return self._whole[file]

    def field(self, file: LoadedFile, at: Path) -> Sourced:
        """Return one field of a file (of a form or a department) with what it refers to in place.

        Not to be changed by who asks: whoever asks it again of the very same files gets the same.
        """
        before: _Known | None = file.fields.get(at)
        if before is not None and all(self.load(one.file) is one for one in before.beside):
            self.followed |= before.followed
            return before.field
        result, asked = Sourced(), FormLibrary(self.workspace, self.files)
        result.spots.own = file.canonical.spots.exact(at)
        asked._lay(file, at, result, (), ())
        self.problems += asked.problems
        self.broken.add(asked.broken)
        self.followed |= asked.followed
        if not asked.problems and not asked.broken.sections:
            beside = {target.file: self.load(target.file) for target in asked.followed}
            file.fields[at] = _Known(result, tuple(beside.values()), frozenset(asked.followed))
        return result

    def _groups(self, form: LoadedFile, result: Sourced, taken: list[str], deep: int) -> None:
        """Take over the fields of the files that a form is made of; each file is taken once."""
        for index, group in enumerate(form.canonical.data.get("allOf") or ()):
            at: Path = ("allOf", index, "$ref")
            target = self._target(form, at, group["$ref"])
            if target is None:
                continue
            if target.pointer:
                self._refuse(form, at, "een hele groep is een bestand, zonder # erachter")
            elif target.file == form.file:
                self._refuse(form, at, "dit bestand verwijst naar zichzelf")
            elif deep >= _DEEPEST_GROUP:
                self._refuse(form, at, f"dat is een groep in meer dan {_DEEPEST_GROUP} andere groepen")
            elif target.file not in taken:
                taken.append(target.file)
                shared = self.load(target.file)
                self.problems += _without_effect(shared)
                self._groups(shared, result, taken, deep + 1)
                self._shared_fields(shared, result)

    def _shared_fields(self, form: LoadedFile, result: Sourced) -> None:
        for name in form.canonical.data.get("properties") or ():
            at: Path = ("properties", name)
            first = result.spots.exact(at)
            if first:
                details = {"value": name, "first": f"{first.key.file}, regel {first.key.line}"}
                self.problems.append(
                    Problem(form.canonical.spots.nearest(at).key, "dubbel-in-bestanden", details)
                )
            else:
                result.put(at, self.field(form, at), ())

    def _own_fields(self, form: LoadedFile, result: Sourced) -> None:
        for name in form.canonical.data.get("properties") or ():
            at: Path = ("properties", name)
            result.override(at, self.field(form, at), ())

    def _lay(self, file: LoadedFile, at: Path, result: Sourced, to: Path, trail: tuple[Target, ...]) -> None:
        """Put a field (or its items, or a member) in place: what it refers to first, its own keywords over that.

        Of what an answer must be, both hold; what it is called and what becomes of it, it says itself.
        """
        own: Any = value_at(file.canonical.data, at)
        if "$ref" in own:
            self._refer(file, at, result, to, trail)
        result.group(to)
        for key in own:
            if key == "items":
                self._lay(file, (*at, key), result, (*to, key), trail)
            elif key == "properties":
                for member in own[key]:
                    self._lay(file, (*at, key, member), result, (*to, key, member), trail)
                    result.spots.put((*to, key, member), file.canonical.spots.nearest((*at, key, member)))
            elif "$ref" in own and narrows(key, result, to):
                problem = narrow(result, to, file.canonical, (*at, key))
                self.problems += [problem] if problem else []
            elif key != "$ref":
                result.override((*to, key), file.canonical, (*at, key))

    def _refer(
        self, file: LoadedFile, at: Path, result: Sourced, to: Path, trail: tuple[Target, ...]
    ) -> None:
        at_ref = (*at, "$ref")
        target = self._target(file, at_ref, value_at(file.canonical.data, at_ref))
        there = self.load(target.file) if target else None
        if target is None or there is None:
            return
        if target in trail:
            self._refuse(file, at_ref, "zo verwijst een veld naar zichzelf")
        elif len(trail) >= _MOST_STEPS:
            self._refuse(file, at_ref, f"dat is een verwijzing na meer dan {_MOST_STEPS} andere")
        elif len(target.pointer) != 2 or target.pointer[0] not in ("properties", "$defs"):
            self._refuse(
                file, at_ref, "schrijf achter # waar het veld staat: /properties/naam of /$defs/naam"
            )
        elif there.broken.excuses("fields", str(target.pointer[1])):
            self.broken.sections.add("fields")
        elif not isinstance(value_at(there.canonical.data, target.pointer), dict):
            known = there.canonical.data.get(str(target.pointer[0]), {})
            near = hint(str(target.pointer[1]), known)
            self._refuse(file, at_ref, f"in {target.file} staat dat niet", near)
        else:
            self.followed.add(target)
            self._lay(there, target.pointer, result, to, (*trail, target))

    def _target(self, file: LoadedFile, at: Path, ref: str) -> Target | None:
        target = target_of(self.workspace, file.file, ref)
        if isinstance(target, Refused):
            self._refuse(file, at, target.reason)
            return None
        return target

    def _refuse(self, file: LoadedFile, at: Path, reason: str, near: str = "") -> None:
        self.broken.sections.add("fields")
        details = {"value": value_at(file.canonical.data, at), "reason": reason, "hint": near}
        self.problems.append(Problem(file.canonical.spots.nearest(at).value, "formulier-verwijzing", details))


def _without_effect(group: LoadedFile) -> Iterator[Problem]:
    """Yield what a group of fields says that only a form can say."""
    where = "het formulier dat deze velden overneemt"
    for word in group.canonical.data:
        if word not in _OF_A_GROUP and word != "translations":
            spot = group.canonical.spots.nearest((word,))
            yield Problem(spot.key, "niet-in-dit-bestand", {"word": spot.word, "where": where})
