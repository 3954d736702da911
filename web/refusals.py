"""Requests that are refused before anyone looks at what they ask for."""

from search.errors import SearchError


class TooManyRequests(SearchError):
    """A client that asked more often than its rate allows; it may come back after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"too many requests; the next one in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class KeyRefused(SearchError):
    """A request to the API whose key is none of ours, or whose time is over; `missing`: it has none, and needs one."""

    def __init__(self, *, missing: bool) -> None:
        super().__init__("a key is needed" if missing else "the key is not known")
        self.missing = missing
