"""The `izde` command as a module: `python -m indexer`."""

from .cli import main

if __name__ == "__main__":
    main()
