"""The machine that runs Schematron: query languages, rules made ready, rules run on one document."""
