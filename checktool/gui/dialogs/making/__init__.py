"""The wizard that makes a definition pack of a delivery."""
