"""The register: everything that is kept, by what it means."""
