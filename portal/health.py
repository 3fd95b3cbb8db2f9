"""Signs of life for the machine that watches: `/zdrowie/zyje/`, `/zdrowie/gotowe/`."""

from datetime import timedelta

from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from redis.exceptions import RedisError

from core.common.clock import now
from core.notifications.models import Heartbeat

BEAT_MAY_BE_LATE = timedelta(minutes=5)


def alive(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready(request):
    """503 when the database is away or not migrated; Redis and the scheduler are only told."""
    parts = {"database": database_is_ready(), "redis": redis_answers(), "scheduler": scheduler_ticks()}
    ok = parts["database"]
    response = JsonResponse({"status": "ok" if ok else "fault", **parts}, status=200 if ok else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def database_is_ready() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def redis_answers() -> bool:
    try:
        return bool(caches["default"]._cache.get_client().ping())
    except (RedisError, OSError):
        return False


def scheduler_ticks() -> bool:
    try:
        return Heartbeat.objects.filter(name="beat", at__gte=now() - BEAT_MAY_BE_LATE).exists()
    except DatabaseError:
        return False
