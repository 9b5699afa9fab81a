"""Field types: one module for each kind of field, with what the core knows of it; `registry` lists them."""
