"""并单的动作: merging, taking apart and linking as the desk offers them."""

from django.utils.translation import gettext_lazy as _

from yousu.appeals import merge_commands as merging
from yousu.desk.forms import Field
from yousu.desk.offering import NOTE, Command, reasons

MERGING = (
    Command(
        word="merge",
        label=_("并单"),
        done=_("已并单"),
        run=merging.merge,
        fields=(
            Field(name="head", label=_("并入哪一件"), hint=_("主单的编号；写的是随单，就并入它的主单")),
            NOTE,
        ),
        key="m",
    ),
    Command(
        word="unmerge",
        label=_("拆单"),
        done=_("已拆单"),
        run=merging.unmerge,
        fields=(NOTE,),
    ),
    Command(
        word="link",
        label=_("关联"),
        done=_("已关联"),
        run=merging.link,
        fields=(
            Field(name="other", label=_("与哪一件关联"), hint=_("编号；两件仍各办各的")),
            Field(name="how", label=_("怎样有关"), kind="choice", choices=reasons("link")),
            NOTE,
        ),
        needs_version=False,
    ),
)
