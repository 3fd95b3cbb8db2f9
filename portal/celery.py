"""The Celery application; its timetable is in ``portal.schedule``."""

import os

from celery import Celery

from .schedule import TIMETABLE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = TIMETABLE
