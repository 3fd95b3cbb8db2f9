"""The pages of the mail catcher: a list and a message, in Polish, without scripts."""

import re
from base64 import b64encode
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from html import escape
from zoneinfo import ZoneInfo

PAGE_SIZE = 50
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'"
)
# The HTML of a mail may show its own styles and embedded pictures, and nothing else.
POLICY_OF_MAIL = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
WARSAW = ZoneInfo("Europe/Warsaw")
STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .5rem; border-bottom: 1px solid #8888; vertical-align: top; }
td { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8888; padding: 1rem; }
iframe { width: 100%; height: 45rem; border: 1px solid #8888; background: #fff; }
input, button { font: inherit; padding: .4rem .6rem; }
.date { white-space: nowrap; }
"""


def listing(shown: list[tuple[str, EmailMessage]], *, total: int, wanted: str, page: int) -> str:
    """One page of the list; `total` counts what is on all its pages."""
    rows = "".join(_row(name, message) for name, message in shown)
    table = f"<table><caption>Od najnowszej</caption>{_HEAD}<tbody>{rows}</tbody></table>"
    body = f"""
<h1>Poczta portalu</h1>
<p>Na tym komputerze żaden list nie wychodzi w świat: wszystkie trafiają tutaj. Listów: {total}.</p>
<form><label for="adres">Adresat lub temat</label>
<input id="adres" name="adres" value="{escape(wanted)}"> <button>Szukaj</button></form>
{table if shown else "<p>Nie ma tu jeszcze żadnego listu.</p>"}
{_pager(total, wanted, page)}"""
    return _page("Poczta portalu", body)


_HEAD = "<thead><tr><th scope=col>Kiedy</th><th scope=col>Do</th><th scope=col>Temat</th></tr></thead>"


def message_page(name: str, message: EmailMessage) -> str:
    """Headers, the text, the HTML in a frame of its own without scripts, the attachments."""
    subject = _header(message, "subject") or "(bez tematu)"
    text = message.get_body(("plain",))
    body = f"""
<p><a href="/">← Wszystkie listy</a></p>
<h1>{escape(subject)}</h1>
<table><tbody>{_main_headers(message)}</tbody></table>
{_attachments(name, message)}
{_frame(name, message)}
{f"<h2>Wersja tekstowa</h2><pre>{_linked(_text(text))}</pre>" if text else ""}
<h2>Wszystkie nagłówki</h2>
<pre>{escape(_all_headers(message))}</pre>"""
    return _page(subject, body)


def html_part(message: EmailMessage) -> str:
    """The HTML as sent, with its own pictures; its links open outside the frame."""
    part = message.get_body(("html",))
    if part is None:
        return ""
    html = _text(part)
    for picture in _pictures(message):
        address = f"data:{picture.get_content_type()};base64,{b64encode(content_of(picture)).decode()}"
        html = html.replace(f"cid:{picture['content-id'].strip('<>')}", address)
    head = re.search(r"<head[^>]*>", html)
    start = head.end() if head else 0
    return f'{html[:start]}<base target="_blank">{html[start:]}'


def attachments(message: EmailMessage) -> list[MIMEPart]:
    """What the mail carries besides its text and the pictures of its text."""
    pictures = _pictures(message)
    return [part for part in message.iter_attachments() if part not in pictures and not part.is_multipart()]


def _pictures(message: EmailMessage) -> list[MIMEPart]:
    return [part for part in message.walk() if part["content-id"] and part.get_content_maintype() == "image"]


def content_of(part: MIMEPart) -> bytes:
    """The bytes of a part; a part made of parts has none of its own."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def not_found() -> str:
    return _page(
        "Nie ma takiej strony", '<h1>Nie ma takiej strony</h1><p><a href="/">Wszystkie listy</a></p>'
    )


def _page(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="pl"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _row(name: str, message: EmailMessage) -> str:
    subject = _header(message, "subject") or "(bez tematu)"
    return (
        f'<tr><td class="date">{_moment(message)}</td><td>{escape(_header(message, "to"))}</td>'
        f'<td><a href="/wiadomosc/{name}">{escape(subject)}</a></td></tr>'
    )


def _pager(total: int, wanted: str, page: int) -> str:
    links = [("← Nowsze", page - 1, page > 1), ("Starsze →", page + 1, page * PAGE_SIZE < total)]
    shown = [
        f'<a href="/?strona={number}&amp;adres={escape(wanted)}">{label}</a>'
        for label, number, is_there in links
        if is_there
    ]
    return f'<nav aria-label="Strony">{" ".join(shown)}</nav>' if shown else ""


def _main_headers(message: EmailMessage) -> str:
    rows = [("Od", _header(message, "from")), ("Do", _header(message, "to")), ("Kiedy", _moment(message))]
    return "".join(f"<tr><th scope=row>{label}</th><td>{escape(value)}</td></tr>" for label, value in rows)


def _attachments(name: str, message: EmailMessage) -> str:
    items = [
        f'<li><a href="/wiadomosc/{name}/zalacznik/{number}">'
        f"{escape(part.get_filename() or f'Załącznik {number + 1}')}</a></li>"
        for number, part in enumerate(attachments(message))
    ]
    return f"<h2>Załączniki</h2><ul>{''.join(items)}</ul>" if items else ""


def _frame(name: str, message: EmailMessage) -> str:
    if message.get_body(("html",)) is None:
        return ""
    return (
        f'<h2>Wersja graficzna</h2><iframe src="/wiadomosc/{name}/tresc" title="Wersja graficzna listu" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )


def _text(part: MIMEPart | None) -> str:
    if part is None:
        return ""
    content = content_of(part)
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _linked(text: str) -> str:
    """Text with its addresses made clickable; everything else is escaped."""
    pieces, end = [], 0
    for match in LINK.finditer(text):
        url = escape(match.group())
        pieces += [escape(text[end : match.start()]), f'<a href="{url}">{url}</a>']
        end = match.end()
    return "".join([*pieces, escape(text[end:])])


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, ""))


def _all_headers(message: EmailMessage) -> str:
    return "\n".join(f"{name}: {value}" for name, value in message.items())


def _moment(message: EmailMessage) -> str:
    try:
        return (
            parsedate_to_datetime(_header(message, "date")).astimezone(WARSAW).strftime("%d.%m.%Y %H:%M:%S")
        )
    except ValueError:
        return ""
