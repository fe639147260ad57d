"""Definition packs: from data folders to the model."""
