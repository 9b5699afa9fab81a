"""Verifying an exit kit without Gehoor: the parts of the program that goes along in each kit.

Python 3.9 and its own library is all there is, so that it runs anywhere. It shares nothing with Gehoor but the formats,
which LEESMIJ.md in the kit describes."""
