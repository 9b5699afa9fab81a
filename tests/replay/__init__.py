"""A replay: what was done to a register recorded by earlier code, done again, must come to the same."""
