"""The engine against others, in one run: corpora, queries, peers, tables. See docs/quality.md for the commands."""
