"""The window: a face of the engine; the only room that draws (PySide6)."""
