"""Timings, each beside a reference measured in the same run: what counts is the ratio."""
