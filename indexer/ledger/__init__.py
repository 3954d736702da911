"""What a generation was made of, record by record, so that the next run reads only what has changed since.

columns.py   files, records and articles as arrays
hashes.py    hashes of 128 bits: sorting and finding them
tables.py    texts that come again and again, as numbers
ledger.py    the file of a generation
previous.py  the generation that a run starts from
"""

from .ledger import Ledger, read, write
from .previous import Previous, previous

__all__ = ["Ledger", "Previous", "previous", "read", "write"]
