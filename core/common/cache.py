"""The Redis cache that a broken Redis cannot turn into a broken page."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


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

    @staticmethod
    def _tolerate(call, otherwise, *args, **kwargs):
        try:
            return call(*args, **kwargs)
        except (RedisError, OSError):
            logger.warning("cache unavailable")
            return otherwise
