"""The base class of errors."""


class MotegrafError(Exception):
    """Base class of all errors that this project raises."""
