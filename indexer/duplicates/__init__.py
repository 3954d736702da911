"""Which articles say the same: reprints and edits of one text, in whatever script.

    words.py        the words of a body as numbers that no run changes: hashes of their fold keys
    bodies.py       those of all articles of an index that is being built
    shingles.py     stretches of three words, as numbers
    signatures.py   what is kept of every body: its hash, and the MinHash of its shingles
    candidates.py   which pairs are worth a comparison: bodies that share a band of their signatures
    alike.py        whether two bodies are alike: their shingles compared, and the facts in them
    clustering.py   the groups that come of it
    file.py         signatures and verdicts in a generation, for the next run

What is found depends on the set of bodies alone: not on their order, nor on what earlier runs found. The title does not
count: editors change it.
"""
