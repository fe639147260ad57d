"""One document and its findings: what can be shown of it, and the widgets that show it."""
