"""Connections to a register file: lent, watched for the reset bug, their sessions, and what goes wrong with them."""
