"""Fictitious documents: clean ones, and ones that break exactly one rule, from recipes of a pack."""
