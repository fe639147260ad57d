"""The pages of the window, one for each step, and the rooms beside them."""
