"""Mailboxes of From, To and Cc: quoted names, comments, groups, and what is written instead of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from huiying.channels.adapters.mail.fields import words
from huiying.channels.adapters.mail.letter import Address, Oddity

MOST_ADDRESSES = 500
BARE = re.compile(r"[^\s<>()\[\]\",;:@]{1,64}@[^\s<>()\[\]\",;:@]{1,255}")
EMAIL = re.compile(r'(?:[^\s<>()\[\]",;:@]{1,64}|"[^"<>]{1,64}")@(?:[^\s<>()\[\]",;:@]{1,255}|\[[^\s\]]{1,60}\])')


@dataclass
class _Mailbox:
    """What was collected of one mailbox until its separator came."""

    outside: str = ""
    angle: str | None = None
    quoted: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not (self.outside.strip() or self.quoted or self.angle or self.comments)

    @property
    def has_address(self) -> bool:
        return self.angle is not None or "@" in self.outside

    def absorb(self, before: _Mailbox) -> None:
        """Take in what stood before a comma that was part of a name: `Smith, John <j@x>`."""
        self.outside = f"{before.outside.strip()}, {self.outside.strip()}"
        self.quoted = before.quoted + self.quoted
        self.comments = before.comments + self.comments


def addresses(text: str, found: set[Oddity]) -> tuple[Address, ...]:
    """Return the mailboxes of a field in order; what has no address at all is kept as a name without one."""
    merged: list[_Mailbox] = []
    for mailbox in _mailboxes(text):
        if merged and not merged[-1].has_address and mailbox.angle is not None:
            mailbox.absorb(merged.pop())
        merged.append(mailbox)
    return tuple(_address(mailbox, found) for mailbox in merged[:MOST_ADDRESSES])


def _mailboxes(text: str) -> list[_Mailbox]:
    done: list[_Mailbox] = []
    current = _Mailbox()
    position = 0
    while position < len(text):
        char = text[position]
        if char == '"':
            position, quoted = _until(text, position, '"')
            current.quoted.append(quoted)
            current.outside += f'"{quoted}"' if text[position : position + 1] == "@" else ""
        elif char == "(":
            position, comment = _comment(text, position)
            current.comments.append(comment)
        elif char == "<":
            position, current.angle = _until(text, position, ">")
        elif char in ",;" or (char == ":" and "@" not in current.outside and "=?" not in current.outside):
            position += 1
            done += [current] if char != ":" and not current.is_blank else []
            current = _Mailbox()
        else:
            current.outside += char
            position += 1
    return done if current.is_blank else [*done, current]


def _until(text: str, start: int, closing: str) -> tuple[int, str]:
    """Return the position after the closing mark and what stood between; without one, all the rest."""
    end = start + 1
    while end < len(text) and text[end] != closing:
        end += 2 if text[end] == "\\" and closing == '"' else 1
    inner = text[start + 1 : end]
    return min(end + 1, len(text)), re.sub(r'\\(["\\])', r"\1", inner)


def _comment(text: str, start: int) -> tuple[int, str]:
    depth, position = 0, start
    while position < len(text):
        char = text[position]
        depth += (char == "(") - (char == ")")
        position += 2 if char == "\\" else 1
        if depth == 0:
            break
    return min(position, len(text)), re.sub(r"\\(.)", r"\1", text[start + 1 : position].removesuffix(")"))


def _address(mailbox: _Mailbox, found: set[Oddity]) -> Address:
    if mailbox.angle is not None:
        email = _tidied(mailbox.angle)
        spoken = " ".join([*mailbox.quoted, mailbox.outside]) if mailbox.quoted else mailbox.outside
        return Address(_name(spoken or " ".join(mailbox.comments), found), _checked(email, found))
    return _without_brackets(mailbox, found)


def _without_brackets(mailbox: _Mailbox, found: set[Oddity]) -> Address:
    compact = re.sub(r"\s+", "", mailbox.outside.strip(" >"))
    if EMAIL.fullmatch(compact):
        whole = mailbox.outside.strip(" >")
        match = EMAIL.fullmatch(whole) or EMAIL.search(whole)
        email, name = (compact, "") if not match else (match[0], whole.replace(match[0], " "))
        return Address(_name(name.strip() or " ".join(mailbox.comments), found), email)
    found.add(Oddity.SENDER)
    everything = " ".join([mailbox.outside, *mailbox.quoted, *mailbox.comments])
    match = EMAIL.search(mailbox.outside) or BARE.search(everything)
    if match:
        return Address(_name(everything.replace(match[0], " "), found), match[0])
    if mailbox.comments and " " not in mailbox.outside.strip():
        return Address(_name(" ".join(mailbox.comments), found), mailbox.outside.strip())
    return Address(_name(everything, found), "")


def _tidied(angle: str) -> str:
    """Strip comments, a source route, `mailto:` and spaces around from the inside of angle brackets."""
    bare = re.sub(r"\([^()]{0,200}\)", "", angle).strip().removeprefix("mailto:")
    return bare.rpartition(":")[2].strip() if bare.startswith("@") else bare.strip(" <>")


def _checked(email: str, found: set[Oddity]) -> str:
    if EMAIL.fullmatch(email):
        return email
    found.add(Oddity.SENDER)
    match = EMAIL.search(email.replace("<", " "))
    return match[0] if match else email if email and " " not in email else ""


def _name(text: str, found: set[Oddity]) -> str:
    return words(text, found).strip(" \"'<>,")
