"""What is refused before a view sees it."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PROPFIND", "HAX"])
def test_foreign_methods_are_refused(client, method):
    answer = client.generic(method, "/zdrowie/zyje/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert "Tej metody nie obsługujemy" in answer.content.decode()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_is_allowed(client, method):
    assert client.generic(method, "/zdrowie/zyje/").status_code == 200


@pytest.mark.parametrize("path", ["/szukaj/?q=%00", "/%00/"])
def test_a_nul_byte_is_a_bad_request(client, path):
    assert client.get(path).status_code == 400


def test_a_form_in_an_unknown_charset_is_refused(client):
    form = "application/x-www-form-urlencoded; charset=x-nieznany"
    answer = client.generic("POST", "/szukaj/", b"q=a", content_type=form)
    assert answer.status_code == 415
