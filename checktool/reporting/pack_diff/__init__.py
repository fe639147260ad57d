"""The differences of two definition packs as text, JSON, HTML and a workbook."""
