"""Display: filters, codes, and the words of an organisation."""
