"""Envelopes of SOAP 1.2 with WS-Addressing, as the REGON service takes and gives them."""

from email import message_from_bytes
from email.policy import HTTP
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .transport import Deadline, RegisterUnavailable, Reply, send

SERVICE = "http://CIS/BIR/PUBL/2014/07"
DATA = "http://CIS/BIR/PUBL/2014/07/DataContract"
CONTENT_TYPE = "application/soap+xml; charset=utf-8"
_ENVELOPE = (
    '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:ns="{service}" xmlns:dat="{data}">'
    '<soap:Header xmlns:wsa="http://www.w3.org/2005/08/addressing">'
    "<wsa:To>{address}</wsa:To><wsa:Action>{service}/IUslugaBIRzewnPubl/{verb}</wsa:Action></soap:Header>"
    "<soap:Body><ns:{verb}>{body}</ns:{verb}></soap:Body></soap:Envelope>"
)


def call(address: str, verb: str, body: str, *, session: str = "", deadline: Deadline) -> str:
    """Calls one operation and gives the text of its result. Raises RegisterUnavailable."""
    envelope = _ENVELOPE.format(service=SERVICE, data=DATA, address=escape(address), verb=verb, body=body)
    headers = {"Content-Type": CONTENT_TYPE} | ({"sid": session} if session else {})
    reply = send("POST", address, deadline=deadline, headers=headers, body=envelope.encode())
    if reply.status != 200:
        raise RegisterUnavailable(f"status {reply.status}")
    result = parsed(_root_part(reply)).find(f".//{{{SERVICE}}}{verb}Result")
    if result is None:
        raise RegisterUnavailable("changed fields")
    return (result.text or "").strip()


def element(name: str, value: str, *, prefix: str = "ns") -> str:
    return f"<{prefix}:{name}>{escape(value)}</{prefix}:{name}>"


def parsed(text: bytes | str) -> Element:
    """XML without entities and foreign documents. Raises RegisterUnavailable."""
    try:
        return fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise RegisterUnavailable("broken XML") from None


def _root_part(reply: Reply) -> bytes:
    """The envelope itself: the service wraps it into a multipart message (MTOM)."""
    kind = reply.content_type.lower()
    if kind.startswith("multipart/related"):
        head = f"Content-Type: {reply.content_type}\r\n\r\n".encode("latin-1", "replace")
        for part in message_from_bytes(head + reply.content, policy=HTTP).walk():
            if not part.is_multipart():
                return part.get_payload(decode=True) or b""
        raise RegisterUnavailable("empty message")
    if "xml" not in kind:
        raise RegisterUnavailable("not XML")
    return reply.content
