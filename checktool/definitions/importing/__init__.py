"""Making a definition pack from what a ministry or vendor hands out, see docs/packs.md."""
