"""Phone numbers and addresses with their middle covered, for whoever may not see them whole."""

from __future__ import annotations


def mask_phone(number: str) -> str:
    """Return "138 **** 1234": three digits, four stars, the last four; short numbers keep their last two."""
    digits = "".join(character for character in number if character.isdigit())
    if len(digits) < 8:
        return f"****{digits[-2:]}" if len(digits) > 3 else "****"
    return f"{digits[:-8]} **** {digits[-4:]}".strip()


def mask_email(address: str) -> str:
    """Return "z***@example.cn": the first letter and the domain."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***{at}{domain}" if at else "***"
