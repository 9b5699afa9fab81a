"""A small file that unpacks to a large picture takes no more memory than there is for one, in one process at a time."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PIL import Image

from gehoor.adapters.security import file_inspector
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.bootstrap.register_files.turn import alone
from gehoor.core.forms.file_kinds import FILE_KINDS
from gehoor.services.ports.outside import FileRefusedError
from gehoor.services.recording.incoming_files import PixelBounds

MEGABYTES = 400
"""What making one picture anew may take at most, beside the program itself."""
PEAK = textwrap.dedent("""
    import resource, sys
    from pathlib import Path
    from gehoor.adapters.security.file_inspector import SniffingInspector
    from gehoor.core.forms.file_kinds import FILE_KINDS
    from gehoor.services.recording.incoming_files import PixelBounds
    content = Path(sys.argv[1]).read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = SniffingInspector().cleaned(content, FILE_KINDS["png"], PixelBounds())
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, len(made))
""")


@pytest.mark.skipif(sys.platform != "linux", reason="what a process took at most is told otherwise elsewhere")
def test_one_colour_that_unpacks_to_the_largest_picture_takes_little(tmp_path: Path) -> None:
    file = tmp_path / "groot.png"
    Image.new("RGBA", (7200, 7200), (200, 10, 10, 128)).save(file, compress_level=1)
    ran = subprocess.run([sys.executable, "-c", PEAK, str(file)], capture_output=True, text=True, check=True)
    took, size = map(int, ran.stdout.split())
    assert took < MEGABYTES
    assert size


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
@pytest.mark.parametrize("size", [(300, 200), (33, 999), (1000, 7)])
def test_a_large_picture_is_the_same_one_smaller(
    monkeypatch: pytest.MonkeyPatch, mode: str, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(file_inspector, "_KEPT_PIXELS", 500)
    monkeypatch.setattr(file_inspector, "_BAND", 700)
    whole = Image.new("RGB", size, "white")
    whole.paste((0, 0, 0), (0, 0, size[0] // 2, size[1]))
    packed = io.BytesIO()
    whole.convert(mode).save(packed, "PNG")
    made = SniffingInspector().cleaned(packed.getvalue(), FILE_KINDS["png"], PixelBounds())
    with Image.open(io.BytesIO(made)) as picture:
        seen = picture.convert("L")
    assert seen.width * seen.height <= 500
    assert abs(seen.width / seen.height - size[0] / size[1]) < 0.3 * size[0] / size[1]
    # Both halves are what they were.
    assert seen.crop((0, 0, 1, 1)).getextrema()[0] < 30
    assert seen.crop((seen.width - 1, seen.height - 1, seen.width, seen.height)).getextrema()[1] > 230


def test_who_turned_the_phone_finds_the_picture_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_inspector, "_KEPT_PIXELS", 500)
    exif = Image.Exif()
    exif[0x0112] = 6
    packed = io.BytesIO()
    Image.new("RGB", (200, 100), "red").save(packed, "PNG", exif=exif)
    made = SniffingInspector().cleaned(packed.getvalue(), FILE_KINDS["png"], PixelBounds())
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.height > picture.width


def test_a_picture_that_takes_more_than_there_is_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_inspector, "_MOST_MEMORY", 40 * 20 * 4 - 1)
    packed = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(packed, "PNG")
    with pytest.raises(FileRefusedError, match="file-uncleanable"):
        SniffingInspector().cleaned(packed.getvalue(), FILE_KINDS["png"], PixelBounds())


def busy() -> Exception:
    return FileRefusedError("file-busy")


def test_the_processes_of_a_machine_take_turns(tmp_path: Path) -> None:
    store = tmp_path / "register.db"
    store.write_bytes(b"")
    second = alone(store, "files", 0.1, busy)
    with alone(store, "files", 0, busy), pytest.raises(FileRefusedError, match="file-busy"):
        second.__enter__()
    with alone(store, "files", 0, busy):
        pass
