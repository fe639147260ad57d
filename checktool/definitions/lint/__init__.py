"""Whether a definition pack is sound: everything that can be told without a document (docs/packs-lint.md)."""
