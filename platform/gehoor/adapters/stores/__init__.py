"""Stores: where a register lives. Each passes the same contract suite."""
