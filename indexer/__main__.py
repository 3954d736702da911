"""The `izde` command as a module: `python -m indexer`."""

from .cli import main

main()
