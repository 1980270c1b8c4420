"""Settings, one file, read from the environment; what is not set suits one laptop without internet.

VUON_DATA           folder of everything that is kept (default: `data` in a checkout, else the
                    user's data folder)
VUON_DATABASE_URL   postgres://… or sqlite:///… (default: SQLite in VUON_DATA)
VUON_HOSTS          further host names or addresses under which the server may be reached
VUON_RUN_BY         who runs this computer, as people should read it on every page
VUON_ALONE          1 where nobody but the person at this computer can reach the server
VUON_SECURE         1 where the server is reached by https only
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from environs import Env

env = Env()

PACKAGE = Path(__file__).resolve().parent.parent


def _data_folder() -> Path:
    checkout = os.environ.get("VUON_ROOT")
    if checkout:
        return Path(checkout) / "data"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "vuon"


DATA = env.path("VUON_DATA", _data_folder())


def _secret_key() -> str:
    """The key that signs cookies; made once, readable by the owner of the data folder only."""
    kept = DATA / "secret-key"
    if kept.exists():
        return kept.read_text()
    DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_urlsafe(50)
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(key)
    except FileExistsError:
        return kept.read_text()
    return key


SECRET_KEY = env.str("VUON_SECRET_KEY", "") or _secret_key()
DEBUG = False
SECURE = env.bool("VUON_SECURE", False)
VUON_ALONE = env.bool("VUON_ALONE", False)
VUON_RUN_BY = env.str("VUON_RUN_BY", "")
HOSTS: list[str] = env.list("VUON_HOSTS", [])
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS] if SECURE else []

INSTALLED_APPS = [
    "vuon_web.activities",
    "vuon_web.practice",
    "vuon_web.challenges",
    "vuon_web.evidence",
    "vuon_web.journeys",
    "vuon_web.systems",
    "vuon_web.futures",
    "vuon_web.trials",
    "vuon_web.ideas",
    "vuon_web.cases",
    "vuon_web.labs",
    "vuon_web.accounts",
    "vuon_web.audit",
    "vuon_web.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vuon_web.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vuon_web.accounts.middleware.SeatMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Last, because it is synchronous: so Django runs all between here and the static files in one
    # thread, instead of changing between threads at each of them.
    "vuon_web.labs.middleware.AudienceMiddleware",
]

ROOT_URLCONF = "vuon_web.config.urls"
ASGI_APPLICATION = "vuon_web.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "vuon_web.ui.context.page",
            ],
            "builtins": ["vuon_web.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {
    "default": dj_database_url.parse(
        env.str("VUON_DATABASE_URL", "") or f"sqlite:///{DATA / 'vuon.sqlite3'}",
        conn_max_age=0,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # What is acknowledged is on the disk, and readers never wait for the writer.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "labs:ours"
LOGOUT_REDIRECT_URL = "ui:first"
ACCOUNT_ADAPTER = "vuon_web.accounts.adapter.StaffAdapter"
ACCOUNT_FORMS = {"change_password": "vuon_web.accounts.forms.ChangePasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # no address is asked for
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Vuon"
MFA_TOTP_TOLERANCE = 1  # without internet the clocks of laptop and phone drift apart

SESSION_COOKIE_NAME = "vuon_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "vuon_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "vuon_web.ui.errors.csrf"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, "'wasm-unsafe-eval'"],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "vuon_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = "vuon_web.ui.formats"
FIRST_DAY_OF_WEEK = 1

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# The journey kernels are the library's own files, served to browsers as they are.
STATICFILES_DIRS = [
    PACKAGE / "static",
    ("kernels", PACKAGE.parent / "vuon" / "journeys" / "built"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"
        if env.bool("VUON_COLLECTED", False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
SERVESTATIC_USE_FINDERS = not env.bool("VUON_COLLECTED", False)
SERVESTATIC_AUTOREFRESH = False

# What a person wrote never reaches a log: no access log, and of an error only kind and place.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "vuon_web.config.logs.WithoutWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
