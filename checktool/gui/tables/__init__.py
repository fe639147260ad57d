"""Tables of many rows: the index of what is visible, and the models that show it."""
