"""Work on what nobody trusts, in a confined child process."""
