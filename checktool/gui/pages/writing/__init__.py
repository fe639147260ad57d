"""The four steps of the page ④."""
