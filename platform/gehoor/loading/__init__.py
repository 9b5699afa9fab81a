"""From files to an agreement: read, name, check, inherit, build. Every problem with its place."""
