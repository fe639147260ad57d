"""From paths to documents: sources, archives, encodings, records, forms, places, canonical bytes."""
