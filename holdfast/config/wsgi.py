"""What granian serves: with a pool of connections, one for each of its threads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from holdfast.config import postgres

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.config.settings")
settings.DATABASES["default"]["OPTIONS"]["pool"] = postgres.POOL
application = get_wsgi_application()
