"""`yousu account`: 账号, made for somebody's work with a password shown once; reset, blocked; the list of all."""

import getpass
from argparse import ArgumentParser, Namespace
from typing import Any

from yousu.cli import Answer, UsageError
from yousu.cli.opening import opened
from yousu.platform import environment

_OPTION_OF = {"name_zh": "name-zh", "name_en": "name-en"}


_CHANGES = {
    "reset": "new first password, no second factor, no lock, no session",
    "block": "ends its sessions and tokens; nobody signs in with it",
    "unblock": "lets it sign in again",
}


def arguments(parser: ArgumentParser) -> None:
    """What to do, and for whom."""
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="|".join(("create", "list", "roles", "email", *_CHANGES))
    )
    create = actions.add_parser("create", help="makes one and shows its first password", allow_abbrev=False)
    create.add_argument("--user", required=True, metavar="U", help="the name to sign in with: a post, not a person")
    create.add_argument("--role", required=True, action="append", metavar="R", help="a role's code; repeatable")
    create.add_argument("--unit", default="", metavar="CODE", help="the unit it works for")
    create.add_argument("--name-zh", required=True, metavar="NAME", help="as pages in Chinese call it")
    create.add_argument("--name-en", required=True, metavar="NAME", help="as pages in English call it")
    roles = actions.add_parser("roles", help="gives it other roles and another unit", allow_abbrev=False)
    roles.add_argument("--user", required=True, metavar="U", help="whose account")
    roles.add_argument(
        "--role", required=True, action="append", metavar="R", help="a role's code; repeatable: all of them"
    )
    roles.add_argument("--unit", default="", metavar="CODE", help="the unit it works for")
    actions.add_parser("list", help="lists all", allow_abbrev=False)
    address = actions.add_parser("email", help="where its notices go; empty: nowhere", allow_abbrev=False)
    address.add_argument("--user", required=True, metavar="U", help="whose account")
    address.add_argument("--email", required=True, metavar="ADDRESS", help="a post's address, not a person's")
    for word, about in _CHANGES.items():
        change = actions.add_parser(word, help=about, allow_abbrev=False)
        change.add_argument("--user", required=True, metavar="U", help="whose account")


def run(options: Namespace) -> Answer:
    """The new account with its password, or all accounts without."""
    opened()
    if options.action in _CHANGES:
        return _changed(options.action, options.user)
    if options.action == "roles":
        return _with_roles(options)
    if options.action == "email":
        return _addressed(options.user, options.email)
    return _created(options) if options.action == "create" else _listed()


def _created(options: Namespace) -> Answer:
    from yousu.org import accounts, actors

    try:
        account, password = accounts.open_account(
            options.user,
            roles=options.role,
            unit=options.unit,
            name_zh=options.name_zh,
            name_en=options.name_en,
            by=actors.cli(getpass.getuser()),
        )
    except accounts.AccountRefused as refusal:
        raise UsageError(f"--{_OPTION_OF.get(refusal.field, refusal.field)}: {refusal}") from refusal
    text = "\n".join(
        [
            f"账号 {account.user}",
            f"密码 {password}（只显示这一次；第一次登录时要换成自己的）",
            f"登录 {environment.url('YOUSU_BASE_URL')}/accounts/login/",
        ]
    )
    return Answer(text=text, data={"user": account.user, "roles": options.role, "password": password})


def _with_roles(options: Namespace) -> Answer:
    from yousu.org import accounts, actors
    from yousu.org.models import Account

    by = actors.cli(getpass.getuser())
    try:
        accounts.set_roles(options.user, roles=options.role, unit=options.unit, by=by)
    except Account.DoesNotExist as error:
        raise UsageError(f"--user: there is no account {options.user!r}") from error
    except accounts.AccountRefused as refusal:
        raise UsageError(f"--{refusal.field}: {refusal}") from refusal
    data = {"user": options.user, "roles": sorted(options.role), "unit": options.unit}
    return Answer(text=f"账号 {options.user}　{'、'.join(sorted(options.role))}　{options.unit or '-'}", data=data)


def _addressed(user: str, email: str) -> Answer:
    from yousu.org import accounts, actors
    from yousu.org.models import Account

    try:
        accounts.set_email(user, email, by=actors.cli(getpass.getuser()))
    except Account.DoesNotExist as error:
        raise UsageError(f"--user: there is no account {user!r}") from error
    except accounts.AccountRefused as refusal:
        raise UsageError(f"--{refusal.field}: {refusal}") from refusal
    return Answer(text=f"账号 {user}　邮箱 {email or '（无）'}", data={"user": user, "email": email})


def _changed(action: str, user: str) -> Answer:
    from yousu.org import actors, recovery
    from yousu.org.models import Account

    by = actors.cli(getpass.getuser())
    try:
        password = recovery.reset(user, by=by) if action == "reset" else None
        if action != "reset":
            (recovery.block if action == "block" else recovery.unblock)(user, by=by)
    except Account.DoesNotExist as error:
        raise UsageError(f"--user: there is no account {user!r}") from error
    if password is None:
        return Answer(text=f"账号 {user}　{'停用' if action == 'block' else '恢复'}", data={"user": user})
    text = f"账号 {user}\n密码 {password}（只显示这一次；第一次登录时要换成自己的）"
    return Answer(text=text, data={"user": user, "password": password})


def _listed() -> Answer:
    from yousu.org.models import Account

    listed: list[dict[str, Any]] = [
        {
            "user": account.user,
            "roles": sorted(row.role for row in account.roles.all()),
            "unit": account.unit,
            "name_zh": account.name_zh,
            "name_en": account.name_en,
            "email": account.email,
            "active": account.is_active,
        }
        for account in Account.objects.order_by("user").prefetch_related("roles")
    ]
    lines = [
        f"{one['user']}　{'、'.join(one['roles'])}　{one['unit'] or '-'}　{one['name_zh']}"
        + ("" if one["active"] else "　停用")
        for one in listed
    ]
    return Answer(text="\n".join(lines), data={"accounts": listed})
