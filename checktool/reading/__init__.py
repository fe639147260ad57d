"""From paths to documents: sources, archives, encodings, forms, places; lxml allowed here."""
