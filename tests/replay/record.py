"""Records anew: ``python -m tests.replay.record``, for when what people get has changed and that is what was wanted.

It tells the scenario to the code of now. Look at what changed with ``git diff``: each line is something that happened
otherwise, and should be what was wanted; when nothing did, nothing differs. The register file of earlier code in
``before/`` is not written again; only what is decided on it now is, and how it goes on.

The files of the organisations stay those that were recorded, so that no line changes for their sake. With ``--files``
those of ``tests/organisations`` take their place, for when they cannot be loaded any more: then every line is another.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.replay import recording, register_before
from tests.replay import use_cases as uses
from tests.replay.player import Player, new_stage
from tests.replay.scenario.directing import Director
from tests.replay.scenario.whole import offered, tell
from tests.support.places import ORGANISATIONS


def record_scenario(root: Path) -> list[dict[str, object]]:
    """Tell the scenario with the files under a root, and write down what it came to."""
    recording.FOLDER.mkdir(exist_ok=True)
    agreements = offered(recording.departments(root))
    director = Director(Player(new_stage(uses.MemoryStore(uses.SCHEMAS), agreements)))
    tell(director, list(agreements))
    recording.write_agreements(agreements)
    recording.write_entries(director.entries)
    recording.write_lines(recording.SUMMARIES, director.player.summaries().items())
    return [entry["command"] for entry in director.entries]


def record_before() -> None:
    """Write down what is decided now on the register of before, and how it goes on."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "register.db"
        file.write_bytes(recording.read_packed(register_before.REGISTER))
        store = uses.TinyDBStore(file, uses.SCHEMAS)
        register_before.write(register_before.DECIDED, register_before.decided(store))
        register_before.write(register_before.WENT_ON, register_before.goes_on(store))
        store.close()


if __name__ == "__main__":
    if sys.argv[1:] == ["--files"]:
        recording.write_workspace(recording.read_workspace(ORGANISATIONS))
    with TemporaryDirectory() as unpacked:
        recording.unpack_workspace(Path(unpacked))
        count = len(record_scenario(Path(unpacked)))
    record_before()
    sys.stdout.write(f"{count} commands recorded.\n")
