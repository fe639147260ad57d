"""The command line: one module per subcommand, ``main(argv)`` above them."""
