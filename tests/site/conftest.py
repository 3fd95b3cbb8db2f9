"""A portal filled with the demo, for checks that walk the whole of it."""

import pytest

from tests.support import database


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The database holds the demo for the tests of this module; they may write, nobody else sees it."""
    with django_db_blocker.unblock():
        database.use_demo()
        yield
        database.renew()
