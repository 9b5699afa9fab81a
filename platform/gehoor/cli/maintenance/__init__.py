"""Commands that look after a register: copies, damage."""
