"""Reading one mail: from its bytes, whatever they are, to a Letter or the reason why there is none."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass, field, replace

from huiying.channels.adapters.mail import markup, parts, tnef
from huiying.channels.adapters.mail.addresses import addresses
from huiying.channels.adapters.mail.fields import field as header
from huiying.channels.adapters.mail.fields import fields, identifiers, moment, parameters, words
from huiying.channels.adapters.mail.letter import Address, Enclosure, Letter, Oddity, Refusal, Unreadable
from huiying.channels.adapters.mail.mending import mended
from huiying.channels.adapters.mail.quoting import new_words
from huiying.channels.adapters.mail.signs import signs

LONGEST_TEXT = 2_000_000  # characters of text a letter carries
LONGEST_NAME = 150  # characters of a file name
SHOWN = {"text/plain", "text/html"}
LEFT_OUT = {
    *("message/delivery-status", "message/disposition-notification"),
    *("text/rfc822-headers", "text/x-amp-html"),
}
TNEF_TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}
NAMES = {"text/plain": "document.txt", "text/html": "document.html", "text/calendar": "calendar.ics"}
BAD_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]+')


@dataclass
class _Passage:
    """A stretch of the text: in one form, or in several that say the same."""

    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        written = "\n".join(text.strip("\n") for text in self.texts if text.strip())
        return written or markup.plain("\n".join(self.pages))

    @property
    def quoted_text(self) -> str:
        written = "\n".join(text.strip("\n") for text in self.texts if text.strip())
        return written or markup.quoted("\n".join(self.pages))

    @property
    def page(self) -> str:
        return "\n".join(self.pages) or markup.from_text("\n".join(self.texts))


@dataclass
class _Contents:
    """What was gathered from the parts so far; passages of one alternative share a key."""

    found: set[Oddity]
    passages: dict[int, _Passage] = field(default_factory=dict)
    enclosures: list[Enclosure] = field(default_factory=list)

    def passage(self, leaf: parts.Leaf) -> _Passage:
        return self.passages.setdefault(id(leaf.alternative or leaf.part), _Passage())

    def html(self) -> str:
        if not any(passage.pages for passage in self.passages.values()):
            return ""
        return "\n".join(passage.page for passage in self.passages.values())


def read_letter(raw: bytes) -> Letter | Unreadable:
    """Read a mail; for no bytes does this raise."""
    if not raw.strip(b"\r\n\t \0"):
        return Unreadable(Refusal.EMPTY)
    found: set[Oddity] = set()
    try:
        root = parts.parse(mended(raw, found))
        contents = _contents(root, found)
        return _letter(root, contents, found)
    except RecursionError:
        return Unreadable(Refusal.TOO_NESTED)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError):
        return Unreadable(Refusal.BROKEN)  # the standard parser's own failures; none is known, the source is kept


def _letter(root: parts.Part, contents: _Contents, found: set[Oddity]) -> Letter:
    body = "\n".join(passage.text for passage in contents.passages.values()).strip("\n")
    quoted = "\n".join(passage.quoted_text for passage in contents.passages.values())
    if len(body) > LONGEST_TEXT:
        found.add(Oddity.TOO_LONG_TEXT)
    sender = _sender(root, found)
    subject = words(header(root, "subject", found), found)
    sent_at = moment(header(root, "date", found))
    found |= set() if sent_at else {Oddity.DATE}
    signed = signs(root, sender=sender, subject=subject, body=body)
    return Letter(
        message_id=next(iter(identifiers(header(root, "message-id", found))), ""),
        in_reply_to=next(iter(identifiers(header(root, "in-reply-to", found))), ""),
        references=identifiers(header(root, "references", found)),
        from_name=sender.name,
        from_email=sender.email,
        to=addresses(header(root, "to", found), set()),
        cc=addresses(header(root, "cc", found), set()),
        reply_to=addresses(header(root, "reply-to", found), set()),
        subject=subject,
        sent_at=sent_at,
        body_text=body[:LONGEST_TEXT],
        body_html=contents.html(),
        reply_text=new_words(quoted)[:LONGEST_TEXT],
        attachments=_named_apart(contents),
        auto_reply=signed.auto_reply,
        bulk=signed.bulk,
        bounce=signed.bounce,
        bounced=signed.bounced,
        bounced_message_id=signed.bounced_message_id,
        oddities=tuple(sorted(found)),
    )


def _sender(root: parts.Part, found: set[Oddity]) -> Address:
    """Return whom to answer: the first field that names an address, the author's before the postman's."""
    nameless = Address("", "")
    for name in ("from", "reply-to", "sender", "return-path"):
        for value in fields(root, name, found):
            for address in addresses(value, found if name == "from" else set()):
                if address.email:
                    return address if address.name else replace(address, name=nameless.name)
                nameless = address
    found.add(Oddity.SENDER)
    return nameless


def _contents(root: parts.Part, found: set[Oddity]) -> _Contents:
    contents = _Contents(found)
    is_report = root.get_content_type() == "multipart/report"
    for leaf in parts.leaves(root, found):
        kind = leaf.part.get_content_type()
        if kind in LEFT_OUT or (is_report and kind == "message/rfc822"):
            continue  # the reasons of a report stand in its text, and what it returns is our own
        name = _given_name(leaf.part, found)
        if kind.startswith("multipart/"):
            found.add(Oddity.STRUCTURE)
            contents.passage(leaf).texts.append(parts.text(leaf.part, found))
        elif kind in SHOWN and _is_shown(leaf, name):
            _add_text(contents, leaf, kind)
        else:
            _add_file(contents, leaf.part, kind, name)
    return contents


def _is_shown(leaf: parts.Leaf, name: str) -> bool:
    """Tell text to read from a text file that was attached."""
    disposition = header(leaf.part, "content-disposition", set()).partition(";")[0].strip().lower()
    if leaf.is_root:
        return not (name and disposition == "attachment")
    return disposition != "attachment" and (not name or leaf.alternative is not None)


def _add_text(contents: _Contents, leaf: parts.Leaf, kind: str) -> None:
    written = parts.text(leaf.part, contents.found)
    if kind == "text/plain":
        contents.passage(leaf).texts.append(written)
        return
    page, pictures = markup.embedded_pictures(written)
    contents.enclosures += pictures
    contents.passage(leaf).pages.append(markup.safe(page, contents.found))


def _add_file(contents: _Contents, part: parts.Part, kind: str, name: str) -> None:
    found = contents.found
    content_id = next(iter(identifiers(header(part, "content-id", found))), "")
    below = parts.children(part)
    content = parts.source(below[0]) if below else parts.content(part, found)
    if below and not name:
        subject = words(header(below[0], "subject", set()), set())
        name = f"{subject}.eml" if subject else ""
    if kind in TNEF_TYPES or name.lower() == "winmail.dat":
        package = tnef.unpack(content, found)
        if package:
            _add_package(contents, package)
            return
        found.add(Oddity.TNEF)
    if not content and not name:
        return
    name = name or _made_up_name(kind, content_id)
    contents.enclosures.append(Enclosure(name=name, content_type=kind, content=content, content_id=content_id))


def _add_package(contents: _Contents, package: tnef.Package) -> None:
    contents.enclosures += package.enclosures
    if contents.passages and any(passage.text for passage in contents.passages.values()):
        return
    passage = contents.passages.setdefault(0, _Passage())
    passage.texts += [package.text] if package.text else []
    passage.pages += [markup.safe(package.html, contents.found)] if package.html else []


def _given_name(part: parts.Part, found: set[Oddity]) -> str:
    _, disposition = parameters(header(part, "content-disposition", found), found)
    _, kind = parameters(header(part, "content-type", found), found)
    return disposition.get("filename") or kind.get("name") or disposition.get("name") or ""


def _made_up_name(kind: str, content_id: str) -> str:
    """Name a file by its content id where that looks like a name, otherwise by what it is."""
    before = content_id.partition("@")[0]
    if re.fullmatch(r".{1,100}\.[A-Za-z0-9]{2,5}", before):
        return before
    main = kind.partition("/")[0]
    return NAMES.get(kind) or f"{main}{mimetypes.guess_extension(kind, strict=False) or ''}"


def _named_apart(contents: _Contents) -> tuple[Enclosure, ...]:
    """Give each file a name of its own that no file system stumbles over, and mark those the text shows."""
    page = contents.html()
    taken: set[str] = set()
    apart: list[Enclosure] = []
    for enclosure in contents.enclosures:
        name = _free_name(_plain_name(enclosure.name), taken)
        taken.add(name)
        shown = bool(enclosure.content_id) and f"cid:{enclosure.content_id}" in page
        apart.append(replace(enclosure, name=name, inline=shown))
    return tuple(apart)


def _plain_name(name: str) -> str:
    bare = BAD_IN_NAMES.sub("_", re.split(r"[/\\]", name.strip())[-1]).strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if len(bare) > LONGEST_NAME:
        bare = f"{(stem if dot else bare)[: LONGEST_NAME - 12]}{dot}{ending[:11]}" if dot else bare[:LONGEST_NAME]
    return bare or "file"


def _free_name(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, f"{dot}{ending}") if stem else (name, "")
    number = 0
    while name in taken:
        number += 1
        name = f"{stem}{number}{ending}"
    return name
