"""The Redis cache that a broken Redis cannot turn into a broken page."""

import logging
import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# A hanging Redis costs one second; a page reads several entries, so after a failure the process goes on
# without it for a while.
PAUSE_S = 5


class _Pause:
    until = 0.0


class TolerantRedisCache(RedisCache):
    """Without Redis every read is a miss and every write is forgotten: the site goes on, slower."""

    def get(self, key, default=None, version=None):
        return self._tolerate(super().get, default, key, default, version=version)

    def get_many(self, keys, version=None):
        return self._tolerate(super().get_many, {}, keys, version=version)

    def add(self, key, value, *args, **kwargs):
        return self._tolerate(super().add, True, key, value, *args, **kwargs)

    def set(self, key, value, *args, **kwargs):
        return self._tolerate(super().set, None, key, value, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        return self._tolerate(super().incr, delta, key, delta, version=version)

    def touch(self, key, *args, **kwargs):
        return self._tolerate(super().touch, False, key, *args, **kwargs)

    def has_key(self, key, version=None):
        return self._tolerate(super().has_key, False, key, version=version)

    def delete(self, key, version=None):
        return self._tolerate(super().delete, False, key, version=version)

    def set_many(self, data, *args, **kwargs):
        return self._tolerate(super().set_many, [], data, *args, **kwargs)

    def delete_many(self, keys, version=None):
        return self._tolerate(super().delete_many, None, keys, version=version)

    @staticmethod
    def _tolerate(call, otherwise, *args, **kwargs):
        if time.monotonic() < _Pause.until:
            return otherwise
        try:
            return call(*args, **kwargs)
        except (RedisError, OSError):
            _Pause.until = time.monotonic() + PAUSE_S
            logger.warning("cache unavailable")
            return otherwise


def forget_failure() -> None:
    """Lets the next read try Redis again at once."""
    _Pause.until = 0.0
