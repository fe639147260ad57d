"""Pictures of every screen and state of the window, made from sample documents without a screen."""
