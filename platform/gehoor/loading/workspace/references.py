"""Where a ``$ref`` leads: to a part of a form file in this workspace, and nowhere else."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path as FilePath

from gehoor.loading.merge.source_map import Path
from gehoor.loading.source.files import FORM_ENDINGS, FORMS_FOLDER


@dataclass(frozen=True, slots=True)
class Target:
    """A part of a form file; an empty pointer is the whole file."""

    file: str
    pointer: Path


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a reference leads nowhere, for people."""

    reason: str


def target_of(workspace: FilePath, file: str, ref: str) -> Target | Refused:
    """Return where a reference in a file leads. No address is ever opened, and no file outside ``forms``."""
    path, _, pointer = ref.partition("#")
    if ":" in path or path.startswith("/") or "\\" in path:
        return Refused(f"verwijs alleen naar een bestand in de map {FORMS_FOLDER}")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
    parts = tuple(part for part in pointer.split("/") if part)
    if target == file and path == "":
        return Target(file, parts) if file.startswith(f"{FORMS_FOLDER}/") else Refused("noem ook het bestand")
    if not target.endswith(FORM_ENDINGS) and target.startswith(f"{FORMS_FOLDER}/"):
        return Refused("schrijf het bestand en de plek, zoals dossier.schema.yaml#/properties/naam")
    if not target.startswith(f"{FORMS_FOLDER}/") or not target.endswith(FORM_ENDINGS):
        return Refused(f"verwijs alleen naar een bestand in de map {FORMS_FOLDER}")
    if not (workspace / target).is_file():
        return Refused(f"het bestand {target} is er niet")
    return Target(target, parts)
