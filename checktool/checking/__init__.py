"""The checks, layer by layer, and the engine that runs them."""
