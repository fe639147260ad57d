"""Rules asked of the values that the quick look at a document has taken, without its tree."""
