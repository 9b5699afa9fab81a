"""The source root is a plain folder that happens to be called like a module of the standard library."""

from __future__ import annotations

import platform
import subprocess
import sys
import sysconfig
from collections import Counter
from pathlib import Path
from statistics import median

from tests.guard.checkout import modules_of, name_of
from tests.support.places import CHECKOUT

MOST_LINES = 350
MEDIAN_BELOW = 100
MOST_MODULES = 16


def test_platform_is_no_package_and_holds_no_loose_modules() -> None:
    assert [name_of(path) for path in (CHECKOUT / "platform").glob("*.py*")] == []


def test_platform_holds_one_package() -> None:
    inside = {path.name for path in (CHECKOUT / "platform").iterdir()} - {"__pycache__"}
    assert inside == {"gehoor"}


def test_there_is_no_test_folder_of_that_name() -> None:
    assert not (CHECKOUT / "tests" / "platform").exists()


def test_import_platform_gives_the_standard_library() -> None:
    standard = Path(sysconfig.get_path("stdlib"))
    assert Path(platform.__file__).resolve() == (standard / "platform.py").resolve()
    seen_from_root = subprocess.run(
        [sys.executable, "-c", "import platform; print(platform.__file__, platform.python_version())"],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert Path(seen_from_root[0]).resolve() == (standard / "platform.py").resolve()
    assert seen_from_root[1] == platform.python_version()


def test_modules_stay_small() -> None:
    lines = {name_of(module): len(module.read_text("utf-8").splitlines()) for module in modules_of()}
    assert {name: count for name, count in lines.items() if count >= MOST_LINES} == {}
    written = [count for name, count in lines.items() if not name.endswith("/__init__.py")]
    assert median(written) < MEDIAN_BELOW


def test_rooms_stay_small() -> None:
    """Where there are more, some of them belong together and want a room of their own."""
    rooms = Counter(module.parent for module in modules_of() if module.name != "__init__.py")
    assert {name_of(room): count for room, count in rooms.items() if count > MOST_MODULES} == {}
