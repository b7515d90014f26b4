"""Accounts, roles, tokens, and the parts of the city's data that figures join."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from yousu.platform import clock


class Accounts(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, user: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(user=user, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(user=username)


class Account(AbstractBaseUser):
    """账号: a user name, never a person's own data, with the unit it works for."""

    user = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    unit = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(default=clock.now)
    # Its password was given by somebody else: the first thing its owner does is to choose another.
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "user"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.user


class AccountRole(models.Model):
    """A role an account holds; codes as in the city's roles.csv."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    role = models.TextField()

    class Meta:
        db_table = "account_role"
        constraints = (models.UniqueConstraint(fields=["account", "role"], name="account_role_once"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class SavedSearch(models.Model):
    """常用条件: filters of the list of all cases under a name, an account's own."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.TextField()
    address = models.TextField()

    class Meta:
        db_table = "saved_search"
        constraints = (models.UniqueConstraint(fields=["account", "name"], name="saved_search_once"),)

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """令牌: only its SHA-256 is kept."""

    digest = models.BinaryField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"

    def __str__(self) -> str:
        return f"token of {self.account_id}"


class CategoryRow(models.Model):
    """The city's categories as figures join them: path → topic, in force from `known_from` until `known_to`."""

    path = models.TextField()
    topic = models.TextField(null=True)  # noqa: DJ001 - no topic is not an empty one
    # The first rows hold for every moment before them, too.
    known_from = models.DateTimeField(null=True)
    known_to = models.DateTimeField(null=True)

    class Meta:
        db_table = "category"
        constraints = (
            models.UniqueConstraint(fields=["path"], name="category_now_once", condition=models.Q(known_to=None)),
        )

    def __str__(self) -> str:
        return self.path


class ChannelRow(models.Model):
    """The city's channels as figures join them, in force from `known_from` until `known_to`."""

    code = models.TextField()
    top = models.TextField()
    kind = models.TextField()
    known_from = models.DateTimeField(null=True)
    known_to = models.DateTimeField(null=True)

    class Meta:
        db_table = "channel"
        constraints = (
            models.UniqueConstraint(fields=["code"], name="channel_now_once", condition=models.Q(known_to=None)),
        )

    def __str__(self) -> str:
        return self.code


class SettingRow(models.Model):
    """Whole numbers of the city's settings that figures count by, in force from `known_from` until `known_to`."""

    code = models.TextField()
    value = models.IntegerField()
    known_from = models.DateTimeField(null=True)
    known_to = models.DateTimeField(null=True)

    class Meta:
        db_table = "city_setting"
        constraints = (
            models.UniqueConstraint(fields=["code"], name="city_setting_now_once", condition=models.Q(known_to=None)),
        )

    def __str__(self) -> str:
        return self.code


class ConfigurationFile(models.Model):
    """配置文件: a file of the city's data changed since the set-up; its stream `config/<name>` is the truth."""

    name = models.TextField(primary_key=True)
    version = models.IntegerField()
    digest = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.TextField()
    # 原因: where the words of the last change lie.
    note = models.UUIDField()
    text = models.TextField()

    class Meta:
        db_table = "configuration_file"

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class BrowserSession(AbstractBaseSession):
    """会话: one browser's session. The key column holds the key's SHA-256: who reads the table can be nobody."""

    session_key = models.CharField(max_length=64, primary_key=True)
    # Null: a resident's, or somebody's who has not signed in yet.
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sessions")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.TextField(blank=True)

    class Meta:
        db_table = "session"

    def __str__(self) -> str:
        return f"session of {self.account_id}"


class SignInAttempt(models.Model):
    """登录尝试: failures in a row, by account or by address; the key is a keyed digest."""

    key = models.BinaryField(primary_key=True)
    failures = models.IntegerField()
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in_attempt"

    def __str__(self) -> str:
        return f"{self.failures} since {self.since}"


class Presence(models.Model):
    """在场: an open page of the desk that asks instead of listening, and the case it shows. Gone within the minute."""

    page = models.TextField(primary_key=True)
    actor = models.TextField()
    name_zh = models.TextField()
    name_en = models.TextField()
    number = models.TextField(db_index=True)
    form = models.TextField(blank=True)
    is_listening = models.BooleanField()
    since = models.DateTimeField()
    heard_at = models.DateTimeField()

    class Meta:
        db_table = "presence"

    def __str__(self) -> str:
        return f"{self.actor} at {self.number}"
