"""Electronic mail: reading what arrives, sending what is due."""

from huiying.channels.adapters.mail.letter import Address, Enclosure, Letter, Oddity, Refusal, Unreadable
from huiying.channels.adapters.mail.reading import read_letter

__all__ = ["Address", "Enclosure", "Letter", "Oddity", "Refusal", "Unreadable", "read_letter"]
