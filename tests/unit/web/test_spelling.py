"""Reading a code aloud."""

from __future__ import annotations

from gehoor.services.register.typed_codes import random_code
from gehoor.web.display.spelling import spelled


def test_a_code_is_spelled_in_its_groups_with_a_word_for_each_sign() -> None:
    assert spelled("7K-0Z") == (
        (("7", "zeven"), ("K", "Karel")),
        (("0", "nul"), ("Z", "Zacharias")),
    )


def test_every_sign_of_every_code_has_a_word_that_begins_with_it() -> None:
    for group in spelled("ABCDEFGHJKMNPQRSTVWXYZ"):
        assert all(word.startswith(sign) and len(word) > 1 for sign, word in group)
    assert all(len(word) > 1 for group in spelled(random_code()) for _sign, word in group)
