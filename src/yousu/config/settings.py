"""Django's settings, all from the environment; `docs/handbook` lists every variable."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from yousu.platform import database, environment, keys, oidc

PACKAGE = Path(__file__).resolve().parents[1]

# A server works as the role that can neither change nor remove events; commands of the operator work as the owner.
SERVING = os.environ.get("YOUSU_PROCESS") == "serve"

SECRET_KEY = keys.session_key()
DEBUG = False
ALLOWED_HOSTS = environment.words("YOUSU_ALLOWED_HOSTS")
BASE_URL = environment.url("YOUSU_BASE_URL")
# Empty: pages ask again by themselves.
LIVE_URL = environment.url("YOUSU_LIVE_URL") if environment.text("YOUSU_LIVE_URL") else ""
ROOT_URLCONF = "yousu.config.urls"
WSGI_APPLICATION = "yousu.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "yousu.ledger",
    "yousu.org",
    "yousu.cases",
    "yousu.appeals",
    "yousu.appeals.articles",
    "yousu.appeals.inspections",
    "yousu.appeals.data_requests",
    "yousu.intake",
    "yousu.notices",
    "yousu.bulletins",
    "yousu.assessments",
    "yousu.governance",
    "yousu.desk",
    "yousu.portal",
    "yousu.signin",
]

MIDDLEWARE = [
    "yousu.config.middleware.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yousu.config.middleware.Request",
    "yousu.signin.gate.Gate",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [PACKAGE / door / "templates" for door in ("desk", "portal", "signin")],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yousu.config.context.page",
            ],
        },
    }
]

DATABASES = {"default": database.django_settings(serving=SERVING)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "org.Account"
AUTHENTICATION_BACKENDS = ["yousu.signin.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"yousu.org.passwords.{rule}"} for rule in ("Strength", "NotCommon", "NotOwnName", "Another")
]
ACCOUNT_ADAPTER = "yousu.signin.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "user"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_FORMS = {
    "login": "yousu.signin.forms.Login",
    "change_password": "yousu.signin.forms.ChangePassword",
    "reauthenticate": "yousu.signin.forms.Reauthenticate",
}
# Failures are counted by yousu.org.lockout; these only keep machines from trying all day.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "300/m/ip", "begin": "300/m/ip"}
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
MFA_ADAPTER = "yousu.signin.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_FORMS = {
    "authenticate": "yousu.signin.forms.Authenticate",
    "reauthenticate": "yousu.signin.forms.AuthenticateAgain",
    "add_webauthn": "yousu.signin.forms.AddPasskey",
}
# Browsers allow passkeys without TLS at localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://")
SOCIALACCOUNT_ADAPTER = "yousu.signin.oidc.Adapter"
SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": oidc.apps(), "OAUTH_PKCE_ENABLED": True}}
# A link, no form: the policy below lets forms go nowhere but here, not even by a redirect.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False

# Shared by all server processes: codes that were used, tries in a minute.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

SESSION_ENGINE = "yousu.org.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = environment.integer("YOUSU_SESSION_HOURS", least=1) * 3600
SECURE_COOKIES = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
USE_X_FORWARDED_HOST = False
if environment.integer("YOUSU_TRUSTED_PROXIES"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Browsers load the tiles themselves; {s} names one of several hosts.
TILES = urlsplit(environment.text("YOUSU_TILES_URL").replace("{s}", "*"))
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *([f"{TILES.scheme}://{TILES.netloc}"] if TILES.netloc else [])],
        "font-src": [SELF],
        "connect-src": [SELF, *filter(None, [environment.origin("YOUSU_LIVE_URL")])],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("YOUSU_TIME_ZONE")

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["yousu.cases.uploads.InMemory"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "yousu.platform.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": environment.text("YOUSU_LOG_LEVEL")},
}
