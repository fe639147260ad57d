"""Reports: one module per format. ``REPORTERS`` in ``checktool.reporting.formats`` names them."""
