"""The records that every room hands on: findings, reports, definitions. Standard library only."""
