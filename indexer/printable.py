"""Text for reports, whatever bytes a file name is made of."""


def printable(text: str) -> str:
    """The text with lone surrogates (bytes of a file name that are not UTF-8) replaced, so that it can be written."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
