"""The workspace: organisations, departments, forms, and where each value comes from."""
