"""`yousu token create`: 令牌, made for an account and shown once."""

from argparse import ArgumentParser, Namespace

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened


def arguments(parser: ArgumentParser) -> None:
    """What to do, for whom."""
    parser.add_argument("action", choices=("create",))
    parser.add_argument("--user", required=True, metavar="U", help="the account the token acts as")


def run(options: Namespace) -> Answer:
    """The token; only its digest is kept."""
    opened()
    from yousu.org import accounts
    from yousu.org.models import Account

    try:
        token = accounts.create_token(options.user)
    except Account.DoesNotExist as error:
        raise UsageError(f"--user: there is no active account {options.user!r}") from error
    return Answer(text=token, data={"user": options.user, "token": token})
