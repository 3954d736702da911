"""From the text of a query to a tree that engines execute."""
