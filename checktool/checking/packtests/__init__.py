"""The test sets that a definition pack carries in ``rules/<id>/tests`` (docs/packs-test.md)."""
