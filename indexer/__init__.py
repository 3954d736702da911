"""The write path: from what an archive has to a published generation."""
