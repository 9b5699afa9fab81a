"""What a sealer promises: only the key opens, and nothing can be changed unseen."""

from __future__ import annotations

import pytest

from gehoor.adapters.security.sealing import AesSealer
from gehoor.services.ports.outside import SealBrokenError

KEY, OTHER = b"k" * 32, b"o" * 32
TOLD = b"Zondag om 11 uur kwam niemand."


def test_what_is_sealed_opens_with_its_key() -> None:
    assert AesSealer().unseal(KEY, AesSealer().seal(KEY, TOLD)) == TOLD


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBrokenError):
        AesSealer().unseal(OTHER, AesSealer().seal(KEY, TOLD))


@pytest.mark.parametrize("place", [0, 11, 12, -1])
def test_a_changed_byte_is_found(place: int) -> None:
    sealed = bytearray(AesSealer().seal(KEY, TOLD))
    sealed[place] ^= 1
    with pytest.raises(SealBrokenError):
        AesSealer().unseal(KEY, bytes(sealed))


@pytest.mark.parametrize("broken", [b"", b"kort"])
def test_what_was_never_sealed_is_refused(broken: bytes) -> None:
    with pytest.raises(SealBrokenError):
        AesSealer().unseal(KEY, broken)


def test_the_same_text_is_never_sealed_the_same_way() -> None:
    assert AesSealer().seal(KEY, TOLD) != AesSealer().seal(KEY, TOLD)
