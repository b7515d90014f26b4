"""密码规则: length, kinds of characters, not common, not one's own name, not the same again (GB/T 22239 8.1.4.1 a)."""

import unicodedata

from django.contrib.auth.password_validation import CommonPasswordValidator, UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yousu.org.models import Account
from yousu.platform import environment

_LEAST_KINDS = 3


class Strength:
    """Long enough, of at least three of four kinds of characters."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raises ValidationError, with what to do."""
        least = _least()
        if len(password) < least:
            raise ValidationError(
                _("密码有 %(have)s 个字符，至少要 %(least)s 个。") % {"have": len(password), "least": least},
                code="short",
            )
        if len({_kind(character) for character in password}) < _LEAST_KINDS:
            raise ValidationError(
                _("密码要用到大写字母、小写字母、数字、其他字符（如 #、%、汉字）中的至少三类。"), code="plain"
            )

    def get_help_text(self) -> str:
        """The rule."""
        least = _least()
        return ngettext(
            "至少 %(least)s 个字符，用到大写字母、小写字母、数字、其他字符中的至少三类。",
            "至少 %(least)s 个字符，用到大写字母、小写字母、数字、其他字符中的至少三类。",
            least,
        ) % {"least": least}


class NotCommon(CommonPasswordValidator):
    """Not among the twenty thousand that are tried first."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("这个密码太常见，容易被猜中，请换一个。")

    def get_help_text(self) -> str:
        """The rule."""
        return _("不能是常见密码。")


class NotOwnName(UserAttributeSimilarityValidator):
    """Not like the user name or the names shown."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("user", "name_zh", "name_en"))

    def get_error_message(self) -> str:
        """What to do."""
        return _("密码不能与用户名或姓名相近，请换一个。")

    def get_help_text(self) -> str:
        """The rule."""
        return _("不能与用户名或姓名相近。")


class Another:
    """Not the present one again."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raises ValidationError, with what to do."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(_("新密码不能与现在的密码相同，请换一个。"), code="same")

    def get_help_text(self) -> str:
        """The rule."""
        return _("不能与现在的密码相同。")


def _least() -> int:
    return environment.integer("YOUSU_PASSWORD_LENGTH", least=8)


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    return {"Lu": "upper", "Ll": "lower", "Nd": "digit"}.get(category, "other")
