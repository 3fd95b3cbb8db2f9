"""Walking the portal by its own links, as a person of some role."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

PER_SHAPE = 2
NUMBERS = re.compile(r"\d+")
SLUG = re.compile(r"(?<=/)[a-z0-9]+(?:-[a-z0-9]+)+(?=/)")
LEAVE_OUT = re.compile(r"/konto/wyloguj|/jezyk/|/wyglad/\?|/static/|/pliki/")


class Links(HTMLParser):
    """The addresses, ids and headings of one page."""

    def __init__(self):
        super().__init__()
        self.hrefs, self.ids, self.h1, self.lang, self.title = [], [], 0, "", ""
        self._in_title = False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.hrefs.append(values["href"])
        if values.get("id"):
            self.ids.append(values["id"])
        if tag == "html":
            self.lang = values.get("lang", "")
        self.h1 += tag == "h1"
        self._in_title = self._in_title or (tag == "title" and not self.title)

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False

    def handle_data(self, data):
        if self._in_title:
            self.title += data


def shape(address: str) -> str:
    parts = urlsplit(address)
    keys = "&".join(sorted(pair.split("=")[0] for pair in parts.query.split("&") if pair))
    return f"{NUMBERS.sub('0', SLUG.sub('slug', parts.path))}?{keys}"


def read(response) -> Links:
    page = Links()
    page.feed(response.content.decode())
    return page


def walk(client: Client, starts: list[str], limit: int = 160) -> dict[str, object]:
    """Address → response, for every address reached by links; a few of each shape."""
    found, counts, queue = {}, {}, list(starts)
    while queue and len(found) < limit:
        address = urldefrag(queue.pop(0))[0]
        kind = shape(address)
        if address in found or LEAVE_OUT.search(address) or counts.get(kind, 0) >= PER_SHAPE:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        response = found[address] = client.get(address)
        if response.status_code in (301, 302):
            queue.append(urljoin(address, response["Location"]))
        elif "text/html" in response.get("Content-Type", ""):
            links = [urljoin(address, href) for href in read(response).hrefs]
            queue += [link for link in links if link.startswith("/")]
    return found
