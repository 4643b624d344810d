"""How our mails become bytes: seven bits, and subjects that keep every space."""

from __future__ import annotations

from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy

LINE = 76  # RFC 2047, section 2


class Subject(UnstructuredHeader, BaseHeader):
    """A subject that is encoded as a whole.

    The library's own folding encodes word by word and moves a space in front of the next line where a reader must
    drop it (RFC 2047, section 6.2): one long subject of Chinese and Latin words in ten lost or gained one.
    """

    max_count = 1

    def fold(self, *, policy: Policy) -> str:
        if self.isascii():
            return super().fold(policy=policy)
        encoded = Header(str(self), "utf-8", maxlinelen=LINE, header_name=self.name)
        return f"{self.name}: {encoded.encode(linesep=policy.linesep)}{policy.linesep}"


def headers() -> HeaderRegistry:
    known = HeaderRegistry()
    known.map_to_type("subject", Subject)
    return known


SEVEN_BIT = SMTP.clone(cte_type="7bit", header_factory=headers())
