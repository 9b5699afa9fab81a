"""Ports: what the use cases ask of stores, mail, files and sealing, and the records they keep."""
