"""One-time codes by time (TOTP), with pyotp."""

from __future__ import annotations

from datetime import datetime

import pyotp

_SECONDS = 30
_DIGITS = 6
_AROUND = (0, -1, 1)
"""Clocks of phones differ a little, and typing takes time: the half minute before and after count too."""


class TotpCodes:
    """Six digits that change every half minute."""

    def new_secret(self) -> str:
        """Return a fresh secret of 160 bits, in letters and digits that can be typed."""
        return pyotp.random_base32()

    def step(self, secret: str, code: str, now: datetime) -> int | None:
        """Return the number of the half minute that a code belongs to, when that is about now; else None."""
        current = int(now.timestamp()) // _SECONDS
        typed = "".join(code.split())
        if len(typed) != _DIGITS or not (typed.isascii() and typed.isdigit()):
            return None
        totp = pyotp.TOTP(secret, interval=_SECONDS, digits=_DIGITS)
        # All are looked at, so that the time of the answer does not tell which one fits.
        fitting = [n for n in _AROUND if pyotp.utils.strings_equal(totp.generate_otp(current + n), typed)]
        return current + fitting[0] if fitting else None

    def address(self, secret: str, account: str, issuer: str) -> str:
        """Return the address that an app reads from a picture."""
        return pyotp.TOTP(secret, name=account, issuer=issuer).provisioning_uri()
