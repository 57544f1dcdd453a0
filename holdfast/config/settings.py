"""Settings, all from the environment. docs/guide/settings.md lists them."""

import os
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from holdfast.config import home, postgres
from holdfast.lib import catalogs

HOME = home.path()
SECRET_KEY = home.secret_key(HOME)
DEBUG = os.environ.get("HOLDFAST_DEBUG") == "1"
URL = os.environ.get("HOLDFAST_URL", "http://localhost:8000").rstrip("/")
_site = urlsplit(URL)
SECURE = _site.scheme == "https"

ALLOWED_HOSTS = [_site.hostname or "localhost", *(["localhost", "127.0.0.1"] if not SECURE else [])]
CSRF_TRUSTED_ORIGINS = [URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_cotton",
    "csp",
    "procrastinate.contrib.django",
    "holdfast.lib",
    "holdfast.ui",
    "holdfast.facts",
    "holdfast.access",
    "holdfast.lake",
    "holdfast.know.company",
    "holdfast.know.accounts",
    "holdfast.know.orders",
    "holdfast.know.standing",
    "holdfast.ingest",
    "holdfast.assess.signals",
    "holdfast.assess.scorecards",
    "holdfast.prove.retention",
    "holdfast.web",
    "holdfast.demo",
    "holdfast.config",
]

MIDDLEWARE = [
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
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "holdfast.config.urls"
WSGI_APPLICATION = "holdfast.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "holdfast.know.company.context.company",
            ],
        },
    }
]

DATABASES = {"default": postgres.settings(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_ON_APP_READY = None

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "holdfast.access.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; allauth checks that they agree
ACCOUNT_EMAIL_VERIFICATION = "none"  # the owner invites; no mail is needed to sign in
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "holdfast.access.forms.SignInForm",
    "change_password": "holdfast.access.forms.NewPasswordForm",
    "set_password": "holdfast.access.forms.FirstPasswordForm",
}
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Limits of sign-in are allauth’s own, counted in the database: all processes count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "holdfast_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("ro", "Română")]
LOCALE_PATHS = [catalogs.compiled(HOME / "locale")]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"  # the company's own zone is a record: know.company

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # above, a file goes to disk at once
FILE_UPLOAD_HANDLERS = [
    "holdfast.ingest.uploads.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
IMPORT_MAX_BYTES = int(os.environ.get("HOLDFAST_IMPORT_MB", "2048")) * 1024 * 1024
