"""How names, phone numbers and addresses are compared: one key for every way of writing the same thing."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import BadInput
from huiying.kit.text import folded

_NOT_WORD = re.compile(r"[\W_]+")
_NOT_DIGIT = re.compile(r"\D+")
_LEGAL_FORMS = re.compile(r"(集团)?(股份有限公司|有限责任公司|有限公司|集团公司|公司)$")
_CHINA = re.compile(r"^(0086|86)(?=1\d{10}$|0?[1-9]\d{8,10}$)")
_PHONE_SIGNS = re.compile(r"[\d\s+\-().·#,转*]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_OTHER_PHONE = re.compile(r"0\d{9,17}|[2-8]\d{6,7}|[48]00\d{7}|(9[56]|1[0-2])\d{3,7}|00\d{8,16}")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
CUSTOMER_NUMBER = re.compile(r"K\d{6,}")


def customer_number(value: int) -> str:
    return f"K{value:06d}"


def name_key(name: str) -> str:
    """Return the name without spaces, marks, widths and legal form: 「蓝湾 酒店有限公司」 → 「蓝湾酒店」."""
    plain = _NOT_WORD.sub("", folded(name))
    return (_LEGAL_FORMS.sub("", plain) or plain)[:120]


def phone_key(phone: str) -> str:
    """Return the digits without the country code of mainland China; an extension stays at the end.

    Other countries keep theirs, written 00: "+852 2345 6789" → "0085223456789".
    """
    written = folded(phone).strip()
    digits = _NOT_DIGIT.sub("", written)
    national = _CHINA.sub("", digits)
    return (f"00{digits}" if written.startswith("+") and national == digits else national)[:32]


def email_key(email: str) -> str:
    return folded(email).strip()[:254]


def sound_phone(phone: str) -> str:
    """Return the number as it is kept. Raises BadInput for what can be no phone number."""
    written = folded(phone).strip()
    key = phone_key(written)
    if not _PHONE_SIGNS.fullmatch(written) or not (_MOBILE.fullmatch(key) or _is_other_phone(key)):
        raise BadInput(_wrong_phone(written, key).format(phone=phone.strip()[:40]), field="phone")
    return key if _MOBILE.fullmatch(key) else written[:32]


def sound_email(email: str) -> str:
    """Return the address as it is kept. Raises BadInput for what can be no address."""
    written = email.strip()
    if not _EMAIL.fullmatch(written) or len(written) > 254:
        raise BadInput(_("“{email}” is no e-mail address; please check it.").format(email=written[:60]), field="email")
    return written


def _is_other_phone(key: str) -> bool:
    looks_mobile = key.startswith("1") and 9 <= len(key) <= 12
    return not looks_mobile and bool(_OTHER_PHONE.fullmatch(key))


def _wrong_phone(written: str, key: str) -> str:
    if _PHONE_SIGNS.fullmatch(written) and key.startswith("1") and 9 <= len(key) <= 10:
        return str(_("The phone number {phone} is too short; please check it."))
    if _PHONE_SIGNS.fullmatch(written) and key.startswith("1") and len(key) > 11:
        return str(_("The phone number {phone} is too long; please check it."))
    return str(_("{phone} is no phone number; please check it."))
