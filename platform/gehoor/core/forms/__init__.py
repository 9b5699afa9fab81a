"""Forms: fields, their types, steps and translations."""
