"""Where a pack came from and which edition is in use: signatures, states, installed packs."""
