"""Settings, all from the environment: HUIYING_DATA_DIR, HUIYING_DATABASE_URL, HUIYING_SECRET_KEY and few more."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from huiying.kit.database import database_from_url

PACKAGE = Path(__file__).resolve().parent
DATA_DIR = Path(os.environ.get("HUIYING_DATA_DIR", "var")).resolve()


def kept_secret(path: Path) -> str:
    """Return the installation's secret, made on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).replace(" ", "").split(",") if word]


SECRET_KEY = os.environ.get("HUIYING_SECRET_KEY") or kept_secret(DATA_DIR / "secret_key")
DEBUG = flag("HUIYING_DEBUG")
ALLOWED_HOSTS = words("HUIYING_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = words("HUIYING_TRUSTED_ORIGINS")
HTTPS = flag("HUIYING_HTTPS")
PUBLIC_URL = os.environ.get("HUIYING_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
COMPANY_NAME = os.environ.get("HUIYING_COMPANY_NAME", "")

DATABASES = {"default": database_from_url(os.environ.get("HUIYING_DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "staff.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "huiying.kit",
    "huiying.journal",
    "huiying.search",
    "huiying.channels",
    "huiying.staff",
    "huiying.notifications",
    "huiying.imports",
    "huiying.deadlines",
    "huiying.customers",
    "huiying.cases",
    "huiying.engagement",
    "huiying.insight",
    "huiying.intake",
    "huiying.portal",
    "huiying.api",
    "huiying",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiying.kit.http.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "huiying.staff.middleware.SignInRequired",
    "huiying.staff.middleware.KnowTheActor",
    "huiying.kit.http.SayWhatWentWrong",
    "huiying.api.middleware.ProblemsUnderApi",
]

ROOT_URLCONF = "huiying.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huiying.frame.frame",
            ],
            "builtins": ["huiying.kit.templatetags.kit"],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = os.environ.get("HUIYING_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/.+-[\w-]{8}\.\w+$"
FORM_RENDERER = "huiying.kit.forms.OurParts"
MEDIA_ROOT = DATA_DIR / "uploads"
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
ATTACHMENT_LIMIT = int(os.environ.get("HUIYING_ATTACHMENT_LIMIT", str(25 * 1024 * 1024)))
REQUEST_LIMIT = 4 * ATTACHMENT_LIMIT

CACHES = {
    "default": {  # shared by all processes and machines, because attempts to sign in are counted here
        "BACKEND": "huiying.kit.counts.SharedCounts",
        "LOCATION": "huiying_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # beyond it counts are forgotten; Django's 300 are soon pushed out
    },
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

AUTHENTICATION_BACKENDS = [
    "huiying.staff.sign_in.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "huiying.staff.hashers.DrawnPasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "huiying.staff.sign_in_forms.SignInForm",
    "change_password": "huiying.staff.sign_in_forms.NewPasswordForm",
    "reauthenticate": "huiying.staff.sign_in_forms.ProofForm",
}
ACCOUNT_ADAPTER = "huiying.staff.sign_in.ClosedDoor"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/5m/ip", "login": "300/m/ip"}
USERSESSIONS_ADAPTER = "huiying.staff.sign_in.Sessions"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("HUIYING_TRUSTED_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "回应 Huiying"
USERSESSIONS_TRACK_ACTIVITY = False

EMAIL_URL = os.environ.get("HUIYING_SMTP_URL", "")
MAILBOX_URL = os.environ.get("HUIYING_IMAP_URL", "")
MAIL_REPLY_TAGS = flag("HUIYING_MAIL_REPLY_TAGS")  # the mailbox takes kefu+TOKEN@…
MAIL_FROM = os.environ.get("HUIYING_MAIL_FROM", "")

ROBOT_HOSTS = words("HUIYING_ROBOT_HOSTS")  # servers of robots besides the public ones of WeCom, DingTalk and Feishu
PRIVATE_TARGETS = flag("HUIYING_PRIVATE_TARGETS")  # robots and gateways may be called inside the company's network

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_keys": {"()": "huiying.kit.logs.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_keys"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("HUIYING_LOG_LEVEL", "WARNING")},
}

SITE_NAME = _("Huiying")
