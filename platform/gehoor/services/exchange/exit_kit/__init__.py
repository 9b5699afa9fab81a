"""The exit kit: all that an organisation has in a register, in open formats, so that it can leave or prove."""
