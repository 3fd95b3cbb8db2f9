"""A Redis that hangs, refuses or comes back: the cache costs a second at most and raises nothing."""

import socket
import time
from collections.abc import Iterator

import pytest

from core.common import cache as cache_module
from core.common.cache import TolerantRedisCache

TIMEOUTS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


@pytest.fixture(autouse=True)
def _no_pause() -> Iterator[None]:
    cache_module.forget_failure()
    yield
    cache_module.forget_failure()


def cache_at(url: str) -> TolerantRedisCache:
    return TolerantRedisCache(url, {"OPTIONS": TIMEOUTS})


@pytest.fixture
def hanging() -> Iterator[TolerantRedisCache]:
    """Accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield cache_at(f"redis://127.0.0.1:{server.getsockname()[1]}/0")


@pytest.fixture
def refusing() -> TolerantRedisCache:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return cache_at(f"redis://127.0.0.1:{port}/0")


@pytest.mark.parametrize("name", ["hanging", "refusing"])
def test_every_operation_goes_on_without_redis(name, request):
    cache = request.getfixturevalue(name)
    begun_at = time.monotonic()
    assert cache.get("a") is None
    assert cache.get("a", "zamiast") == "zamiast"
    assert cache.get_many(["a", "b"]) == {}
    assert cache.get_or_set("a", lambda: "policzone") == "policzone"
    assert cache.add("a", 1) is True
    assert cache.set("a", 1) is None
    assert cache.set_many({"a": 1}) == []
    assert cache.incr("a") == 1
    assert cache.touch("a") is False
    assert cache.has_key("a") is False
    assert cache.delete("a") is False
    assert cache.delete_many(["a"]) is None
    assert time.monotonic() - begun_at < 1.5


def test_redis_is_tried_again_after_the_pause(hanging, settings, monkeypatch):
    assert hanging.get("a") is None
    working = cache_at(settings.REDIS_URL)
    working.set("a", "jest")
    assert working.get("a") is None

    monkeypatch.setattr(cache_module._Pause, "until", time.monotonic() - 1)
    working.set("a", "jest")
    assert working.get("a") == "jest"
    working.delete("a")
