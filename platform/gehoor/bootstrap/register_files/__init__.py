"""The files of a register on this computer: whose they are, copies, seals, marks, and which version wrote them."""
