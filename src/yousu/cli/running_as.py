"""操作账号: under which account of the system a command runs."""

import os
import pwd


def account() -> str:
    """The account's name as the system knows it; the environment could say anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        # A container's user may have no name.
        return str(os.getuid())
