"""What can go wrong with a database server, each as one line an operator can act on."""


class PostgresFailed(RuntimeError):
    """The embedded PostgreSQL cannot run; the message ends with the last lines of its log."""


class ServerUnfit(RuntimeError):
    """A server Yousu must not work on; the message says what is wrong and what to do."""
