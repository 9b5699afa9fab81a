"""The use cases, over ports. They order the steps; the core decides."""
