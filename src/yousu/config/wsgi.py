"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

# Whichever server loads this file works as the role that can neither change nor remove events.
os.environ.setdefault("YOUSU_PROCESS", "serve")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yousu.config.settings")
application = get_wsgi_application()

from yousu.org.configuration import laying  # noqa: E402 - Django is set up first

laying.watch()
