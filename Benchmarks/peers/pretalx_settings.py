"""pretalx's own settings; its mail goes nowhere."""

from pretalx.settings import *

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
