"""Files by which registers and forms of others are exchanged with ours."""
