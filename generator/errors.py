"""The one kind of error that a person can mend."""


class ProblemError(Exception):
    """Something a person has to mend; the message names the file, what is wrong and the way out."""
