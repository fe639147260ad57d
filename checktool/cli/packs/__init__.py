"""The actions of ``checktool pack``, one module each; ``checktool.cli.pack`` names them."""
