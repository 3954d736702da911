"""What ends a harvest early."""


class Problem(Exception):
    """The harvest cannot go on: a site or a database that cannot be reached, or what it gives cannot be read."""


class OutOfTime(Problem):
    """The time for the harvest is over; what was fetched is stored, and the next run goes on."""
