"""Forms: JSON Schema files that may take fields from shared groups with ``$ref``; local files only, no circles."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from gehoor.core.problems import Problem
from gehoor.loading.canonical import Path
from gehoor.loading.file_loading import LoadedFile, load_file
from gehoor.loading.sourced import Sourced

FORMS_FOLDER = "forms"
FORM_ENDINGS = (".schema.yaml", ".schema.yml", ".schema.json")


@dataclass
class FormLibrary:
    """The form files of a workspace, each read once."""

    workspace: FilePath
    files: dict[str, LoadedFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def file_of(self, name: str) -> str:
        """Return the file of a form by its name, such as ``de-linde/dossier``."""
        for ending in FORM_ENDINGS:
            if (self.workspace / FORMS_FOLDER / f"{name}{ending}").is_file():
                return f"{FORMS_FOLDER}/{name}{ending}"
        return f"{FORMS_FOLDER}/{name}{FORM_ENDINGS[0]}"

    def load(self, file: str) -> LoadedFile:
        """Return a form file, loading it the first time."""
        if file not in self.files:
            self.files[file] = load_file(self.workspace, file, "form")
        return self.files[file]

    def resolved(self, file: str) -> Sourced:
        """Return a form with everything it refers to in place: its fields in order under ``properties``."""
        form = self.load(file)
        result = Sourced(spots={(): form.canonical.spots[()]} if form.canonical.spots else {})
        for key in form.canonical.data:
            if key not in ("properties", "allOf", "$defs", "$schema", "language", "type"):
                result.put((key,), form.canonical, (key,))
        result.data.setdefault("properties", {})
        self._fields(form, result, (file,))
        return result

    def _fields(self, form: LoadedFile, result: Sourced, trail: tuple[str, ...]) -> None:
        data = form.canonical.data
        for index, group in enumerate(data.get("allOf") or ()):
            if isinstance(group, dict) and isinstance(group.get("$ref"), str):
                self._group(form, group["$ref"], ("allOf", index, "$ref"), result, trail)
        properties = data.get("properties")
        for name in properties if isinstance(properties, dict) else ():
            target: Path = ("properties", name)
            self._place(form, ("properties", name), result, target, trail)

    def _group(self, form: LoadedFile, ref: str, at: Path, result: Sourced, trail: tuple[str, ...]) -> None:
        target = self._target(form, ref, at)
        if target is None:
            return
        file, pointer = target
        if pointer:
            self._refuse(form, at, ref, "een hele groep verwijst naar een bestand, zonder #")
        elif file in trail:
            self._refuse(form, at, ref, "ze loopt in een kring")
        else:
            self._fields(self.load(file), result, (*trail, file))

    def _place(self, form: LoadedFile, at: Path, result: Sourced, target: Path, trail: tuple[str, ...]) -> None:
        """Put one field (or its items) in place: what it refers to first, its own keywords over that."""
        own: Any = _at(form.canonical.data, at)
        if not isinstance(own, dict):
            return
        reference = own.get("$ref")
        if isinstance(reference, str):
            self._referred(form, (*at, "$ref"), reference, result, target, trail)
        if form.canonical.spots.get(at) and target not in result.spots:
            result.spots[target] = form.canonical.spots[at]
        if result.at(target) is None:
            _ensure(result.data, target)
        for key in own:
            if key == "items":
                self._place(form, (*at, "items"), result, (*target, "items"), trail)
            elif key != "$ref":
                result.override((*target, key), form.canonical, (*at, key))

    def _referred(
        self, form: LoadedFile, at: Path, ref: str, result: Sourced, target: Path, trail: tuple[str, ...]
    ) -> None:
        found = self._target(form, ref, at)
        if found is None:
            return
        file, pointer = found
        there = self.load(file)
        step = f"{file}#{'/'.join(map(str, pointer))}"
        if step in trail:
            self._refuse(form, at, ref, "ze loopt in een kring")
        elif not isinstance(_at(there.canonical.data, pointer), dict):
            self._refuse(form, at, ref, "daar staat niets")
        else:
            self._place(there, pointer, result, target, (*trail, step))

    def _target(self, form: LoadedFile, ref: str, at: Path) -> tuple[str, Path] | None:
        path, _, pointer = ref.partition("#")
        if "://" in path or path.startswith("/") or ":" in path:
            return self._refuse(form, at, ref, "alleen bestanden in de map forms mogen")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(form.file), path)) if path else form.file
        if not file.startswith(f"{FORMS_FOLDER}/"):
            return self._refuse(form, at, ref, "alleen bestanden in de map forms mogen")
        if not (self.workspace / file).is_file():
            return self._refuse(form, at, ref, f"het bestand {file} is er niet")
        return file, tuple(part for part in pointer.strip("/").split("/") if part)

    def _refuse(self, form: LoadedFile, at: Path, ref: str, reason: str) -> None:
        spot = form.canonical.spots[at]
        self.problems.append(Problem(spot.value, "formulier-verwijzing", {"value": ref, "reason": reason}))


def _at(data: Any, path: Path) -> Any:
    for part in path:
        if not isinstance(data, dict):
            return None
        data = data.get(part)
    return data


def _ensure(data: dict[str, Any], path: Path) -> None:
    here: Any = data
    for part in path:
        here = here.setdefault(part, {})
