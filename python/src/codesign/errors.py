"""What can go wrong: every exception of the package is a CodesignError."""

from __future__ import annotations


class CodesignError(Exception):
    """Any failure of the package or of the program that it runs."""


class RequestError(CodesignError, ValueError):
    """What was asked for is wrong: an unknown name, a level out of range, an action without a running episode. Nothing was changed."""


class BrokenError(CodesignError):
    """The simulator itself failed; the environment must be reset."""


class ProtocolError(CodesignError):
    """The program answered something that the protocol does not know."""


class VersionError(ProtocolError):
    """The program speaks another version of the protocol."""


class ProcessError(CodesignError):
    """The program cannot be found, does not start, or ended on its own; with what it said last."""


class ClosedError(CodesignError):
    """The environment or simulator was closed, or belongs to another process since a fork."""
