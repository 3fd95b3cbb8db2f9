"""The mail catcher takes real SMTP and shows the mail in a browser without letting it do anything."""

import smtplib
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from local.mail import MailCatcher


@pytest.fixture
def catcher(tmp_path: Path) -> Iterator[MailCatcher]:
    started = MailCatcher(tmp_path / "mail")
    started.start()
    yield started
    started.stop()


def letter(subject: str = "Nowy nabór – oferty do 30 czerwca") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "portal@ngo.example", "anna@ngo.example", subject
    message["Date"] = "Wed, 10 Jun 2026 10:00:00 +0000"
    message.set_content("Dzień dobry <Anno>,\nszczegóły: http://127.0.0.1:8000/nabory/?a=1&b=2.\n")
    message.add_alternative("<p>Dzień dobry</p><script>alert(1)</script>", subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="umowa ż.pdf")
    return message


def send(catcher: MailCatcher, *messages: EmailMessage) -> None:
    address = urlsplit(catcher.smtp_url)
    with smtplib.SMTP(address.hostname, address.port) as smtp:
        for message in messages:
            smtp.send_message(message)


def read(catcher: MailCatcher, path: str = "", host: str | None = None) -> tuple[int, str, dict]:
    request = urllib.request.Request(catcher.web_url + path, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), dict(error.headers)


def test_empty_folder_says_so(catcher):
    assert "Nie ma tu jeszcze żadnego listu" in read(catcher)[1]


def test_list_shows_the_newest_first(catcher):
    send(catcher, letter("pierwszy"), letter("drugi"))
    page = read(catcher)[1]
    assert page.index("drugi") < page.index("pierwszy")
    assert "10.06.2026 12:00:00" in page


def test_list_is_searched_by_addressee_and_subject(catcher):
    send(catcher, letter("Umowa"), letter("Nabór"))
    page = read(catcher, f"?adres={quote('umowa')}")[1]
    assert "Umowa</a>" in page
    assert "Nabór</a>" not in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", "%00"])
def test_bad_page_number_is_the_first_page(catcher, page):
    send(catcher, letter("Umowa"))
    assert "Umowa</a>" in read(catcher, f"?strona={page}")[1]


def test_message_page_escapes_the_text_and_links_addresses(catcher):
    send(catcher, letter())
    page = read(catcher, f"wiadomosc/{catcher.folder.names()[0]}")[1]
    assert "Dzień dobry &lt;Anno&gt;" in page
    assert 'href="http://127.0.0.1:8000/nabory/?a=1&amp;b=2"' in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "<script>" not in page


def test_html_part_may_not_run_scripts(catcher):
    send(catcher, letter())
    _status, page, headers = read(catcher, f"wiadomosc/{catcher.folder.names()[0]}/tresc")
    assert page.startswith('<base target="_blank"><p>Dzień dobry</p>')
    assert headers["Content-Security-Policy"].startswith("sandbox ")
    assert "allow-scripts" not in headers["Content-Security-Policy"]


def test_pictures_of_the_text_are_shown_in_it(catcher):
    message = letter()
    message.get_body(("html",)).set_content("<html><head></head><img src='cid:znak'></html>", subtype="html")
    message.get_body(("html",)).add_related(b"PNG", maintype="image", subtype="png", cid="<znak>")
    send(catcher, message)
    name = catcher.folder.names()[0]
    assert read(catcher, f"wiadomosc/{name}/tresc")[1].startswith(
        "<html><head><base target=\"_blank\"></head><img src='data:image/png;base64,UE5H'>"
    )
    assert read(catcher, f"wiadomosc/{name}")[1].count("/zalacznik/") == 1


def test_attachment_is_downloaded_under_its_name(catcher):
    send(catcher, letter())
    status, content, headers = read(catcher, f"wiadomosc/{catcher.folder.names()[0]}/zalacznik/0")
    assert (status, content) == (200, "%PDF-1.7")
    assert headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote('umowa ż.pdf')}"


@pytest.mark.parametrize(
    "path",
    [
        "wiadomosc/20260101T000000000000Z-000000.eml",
        "wiadomosc/..%2F..%2Fsecret-key",
        "wiadomosc/../mail.py",
        "inne",
    ],
)
def test_unknown_addresses_are_not_found(catcher, path):
    assert read(catcher, path)[0] == 404


def test_unknown_attachment_is_not_found(catcher):
    send(catcher, letter())
    assert read(catcher, f"wiadomosc/{catcher.folder.names()[0]}/zalacznik/7")[0] == 404


def test_foreign_host_name_is_refused(catcher):
    send(catcher, letter())
    assert read(catcher, host="evil.example")[0] == 421


def test_taken_web_port_gives_another(catcher, tmp_path):
    taken = int(catcher.web_url.rstrip("/").rsplit(":", 1)[1])
    second = MailCatcher(tmp_path / "second", web_port=taken)
    second.start()
    assert second.web_url != catcher.web_url
    second.stop()


def test_mails_survive_a_restart(tmp_path):
    first = MailCatcher(tmp_path)
    first.start()
    send(first, letter())
    first.stop()
    second = MailCatcher(tmp_path)
    second.start()
    assert "Nowy nabór" in read(second)[1]
    second.stop()
