"""HTML of mails: made safe to show, and turned into text.

Shown are structure and words: no style, no script, no form, nothing fetched from another server. Pictures of
the mail itself stay as `cid:` addresses, which whoever shows the letter replaces by its own.
"""

from __future__ import annotations

import binascii
import re
from html import escape
from html.parser import HTMLParser

import nh3

from huiying.channels.adapters.mail.letter import Enclosure, Oddity


def _tags(names: str) -> set[str]:
    return set(names.split())


LONGEST_HTML = 3_000_000  # characters
DEEPEST = 2000  # nested elements: cleaning takes time in the square of it, browsers stop at 512
TAGS = _tags("""
a abbr b blockquote br caption center cite code col colgroup dd del div dl dt em figcaption figure
h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre q s small span strike strong sub sup table tbody td tfoot
th thead tr u ul
""")
NOT_SHOWN = {"script", "style"}
TITLE = re.compile(r"<title\b[^<>]{0,200}>[^<]{0,2000}</title\s{0,9}>", re.IGNORECASE)
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
NEVER_DEEP = _tags("""
area base br col dd dt hr img input li link meta option p tbody td th thead tr wbr
""")  # void, or closed by the next of their kind
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "ol": {"start"},
    "*": {"dir", "lang"},
}
SCHEMES = {"http", "https", "mailto", "tel", "cid"}
EMBEDDED = re.compile(r"data:image/(png|jpe?g|gif|webp|bmp);base64,\s*([A-Za-z0-9+/=%\s]{1,40000000})", re.IGNORECASE)
MOST_EMBEDDED = 50
REMOTE_PICTURE = re.compile(r"<img\b[^<>]{0,2000}?\bsrc\s{0,3}=\s{0,3}[\"']?(?:https?:)?//", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f\xa0\u200b\ufeff]+")
BLOCKS = _tags("""
blockquote caption center dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul
""")


def safe(html: str, found: set[Oddity]) -> str:
    """Return what may be shown of a mail's HTML."""
    if len(html) > LONGEST_HTML:
        found.add(Oddity.TOO_LONG_TEXT)
        html = html[:LONGEST_HTML]
    if REMOTE_PICTURE.search(html):
        found.add(Oddity.REMOTE_CONTENT)
    return nh3.clean(
        _shallow(html),
        tags=TAGS,
        clean_content_tags=NOT_SHOWN,
        attributes=ATTRIBUTES,
        attribute_filter=_only_own_pictures,
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    ).strip()


def _shallow(html: str) -> str:
    """Take out the title, which is not part of the text, and what is nested too deep."""
    html = TITLE.sub("", html)
    depth = 0

    def flattened(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in NEVER_DEEP:
            return tag[0]
        depth = max(0, depth + (-1 if tag[1] else 1))
        return tag[0] if depth <= DEEPEST else f"<{tag[1]}wbr"

    return TAG.sub(flattened, html)


def _only_own_pictures(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if value.lower().startswith("cid:") else None
    if tag == "a" and attribute == "href" and value.lower().startswith("cid:"):
        return None
    return value


def embedded_pictures(html: str) -> tuple[str, list[Enclosure]]:
    """Take the pictures written into the HTML itself out of it and refer to them by content id."""
    pictures: list[Enclosure] = []

    def referred(match: re.Match[str]) -> str:
        if len(pictures) == MOST_EMBEDDED:
            return ""
        kind = match[1].lower()
        name = f"image-{len(pictures) + 1}.{kind}"
        raw = base64_bytes(match[2])
        pictures.append(
            Enclosure(
                name=name,
                content_type=f"image/{kind.replace('jpg', 'jpeg')}",
                content=raw,
                inline=True,
                content_id=f"{name}@embedded",
            )
        )
        return f"cid:{name}@embedded"

    return EMBEDDED.sub(referred, html), pictures


def base64_bytes(letters: str) -> bytes:
    """Decode base64 from a URL, tolerant of line breaks and missing padding."""
    bare = re.sub(r"[^A-Za-z0-9+/]+", "", letters.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="))
    bare = bare[:-1] if len(bare) % 4 == 1 else bare
    return binascii.a2b_base64(bare + "=" * (-len(bare) % 4))


def plain(safe_html: str) -> str:
    """Return the words of HTML made safe, one line for each block."""
    reader = _Words()
    reader.feed(safe_html)
    reader.close()
    return reader.text()


def quoted(safe_html: str) -> str:
    """Return the words as `plain` does, with `> ` before each line of a quotation."""
    reader = _QuotedWords()
    reader.feed(safe_html)
    reader.close()
    return reader.text()


def from_text(text: str) -> str:
    """Return plain text as HTML that shows it as it was written."""
    return "<br>".join(escape(line) for line in text.strip("\n").split("\n"))


class _Words(HTMLParser):
    """Collects the lines of HTML that was made safe, and is therefore well formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.end_line()
        elif tag in BLOCKS:
            self.begin_block()
        elif tag in {"td", "th"}:
            self.line.append(" ")
        self.preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.begin_block()
        self.preformatted -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if not self.preformatted:
            self.line.append(data)
            return
        first, *others = data.split("\n")
        self.line.append(first)
        for other in others:
            self.end_line()
            self.line.append(other)

    def begin_block(self) -> None:
        """Finish the line if one was begun."""
        if "".join(self.line).strip():
            self.end_line()
        self.line = []

    def end_line(self) -> None:
        """Finish the line; breaks in a row leave one empty line."""
        written = SPACES.sub(" ", "".join(self.line)).strip()
        self.line = []
        if written or (self.lines and self.lines[-1]):
            self.lines.append(self.marked(written))

    def marked(self, written: str) -> str:
        """Return the line as it is kept."""
        return written

    def text(self) -> str:
        """Return all lines."""
        self.end_line()
        return "\n".join(self.lines).strip("\n")


class _QuotedWords(_Words):
    """Marks quotations the way plain mails do."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self.depth += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.depth -= tag == "blockquote"

    def marked(self, written: str) -> str:
        return f"> {written}" if self.depth and written else written
