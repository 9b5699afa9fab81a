"""Forms on pages: inputs, markup, uploads, refusals."""
