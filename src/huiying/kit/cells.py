"""What a cell of somebody's spreadsheet says: text, whole number, amount, day. Each reader raises BadInput in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial
from math import isfinite

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.kit.guards import BadInput, Sentence
from huiying.kit.tables.reading import Cell
from huiying.kit.tables.writing import written
from huiying.kit.text import folded
from huiying.kit.times import YEARS

NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "空", "n/a", "na", "none", "null", "nil", "nan"}
)
_LONGEST_NOTHING = max(map(len, NOTHING))
_LONGEST_AMOUNT = 60
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the zero of Excel's day count, which knows no zone
_UNITS = {"亿": 8, "千万": 7, "百万": 6, "万": 4, "w": 4, "千": 3, "k": 3, "": 0}
_UNIT = "|".join(unit for unit in _UNITS if unit)
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<sign>[-+])?(rmb|cny|¥|人民币)?(?P<late_sign>[-+])?(?P<digits>\d+|\d{{1,3}}(,\d{{3}})+)(?P<cents>\.\d*)?(?P<unit>{_UNIT})?"
    r"(元整?|圆整?|块|rmb|cny)?(?P<close>\))?"
)
_COLUMN_UNIT = re.compile(r"[（(]\s*(亿|千万|百万|万|千)?元\s*[）)]")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[t\s]+(.*))?")
_COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])")
_CLOCK = re.compile(r"(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?|分)?(?:\.\d+)?")


def as_text(cell: Cell) -> str:
    """Return the cell's words without unseen signs; a whole number keeps no ".0", an Excel apostrophe goes."""
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        cell = cell.date()
    text = written(cell)
    text = (text if text.isprintable() else _UNSEEN.sub("", text)).strip()
    return text[1:].strip() if text.startswith("'") else text


def as_word(cell: Cell) -> str:
    """Return the text, or "" where it only says that there is none: "-", "无", "N/A"."""
    text = as_text(cell)
    return "" if len(text) <= _LONGEST_NOTHING and folded(text) in NOTHING else text


def as_whole(cell: Cell) -> int | None:
    """Return a whole number, zero or more."""
    amount = as_amount(cell)
    if amount is None:
        return None
    if amount != int(amount) or amount < 0:
        raise BadInput(_("“{value}” is no whole number.").format(value=as_text(cell)[:40]))
    return int(amount)


def as_amount(cell: Cell, column: str = "") -> Decimal | None:
    """Return the amount in yuan: "￥12,345.60", "1.2万"; "(300.00)" is −300; 12 under 「采购额(万元)」 is 120000."""
    shift = _column_shift(column)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell):
        return Decimal(str(cell)).scaleb(shift)
    text = folded(as_word(cell)).replace(" ", "")
    if text in NOTHING:
        return None
    match = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST_AMOUNT else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise BadInput(_("“{value}” is no amount; thousands are parted by threes.").format(value=as_text(cell)[:40]))
    number = Decimal(match["digits"].replace(",", "") + (match["cents"] or "").rstrip("."))
    minus = bool(match["open"]) or "-" in {match["sign"], match["late_sign"]}
    return (-number if minus else number).scaleb(_UNITS[match["unit"]] if match["unit"] else shift)


def as_day(cell: Cell) -> date | None:
    """Return a day: Excel's own, its day number, 2026-03-02, 2026/3/2, 2026年3月2日, 20260302."""
    moment = _moment(cell)
    if moment is None:
        return None
    return moment.date() if timezone.is_naive(moment) else timezone.localdate(moment)


def as_moment(cell: Cell) -> datetime | None:
    """Return a moment in the installation's time zone; a day without time begins at midnight."""
    moment = _moment(cell)
    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment, timezone.get_default_timezone())


def _moment(cell: Cell) -> datetime | None:
    moment = _written(cell)
    if moment is not None and moment.year not in YEARS:
        raise _no_day(as_text(cell))
    return moment


def _written(cell: Cell) -> datetime | None:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    text = folded(as_word(cell))
    return _from_text(text, refuse=partial(_no_day, as_text(cell))) if text not in NOTHING else None


def _from_number(number: float) -> datetime:
    if is_day_number(number):
        return (_EPOCH + timedelta(days=number)).replace(microsecond=0)
    if not isfinite(number):
        raise _no_day(str(number))
    return _from_text(str(int(number)), refuse=partial(_no_day, str(number)))


def is_day_number(number: float) -> bool:
    """Say whether Excel would count a day so: from 1927 to 2119."""
    return 10_000 <= number < 80_000


def _from_text(text: str, *, refuse: Callable[[], BadInput]) -> datetime:
    match = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if match is None and re.fullmatch(r"\d{5}(\.\d+)?", text) and is_day_number(float(text)):
        return _from_number(float(text))
    if match is None:
        return _from_iso(text, refuse=refuse)
    year, month, day, *clock = match.groups()
    try:
        return datetime.combine(date(int(year), int(month), int(day)), _clock(clock[0] if clock else None))
    except ValueError:
        return _from_iso(text, refuse=refuse)


def _from_iso(text: str, *, refuse: Callable[[], BadInput]) -> datetime:
    try:
        return datetime.fromisoformat(text.replace("z", "+00:00"))
    except ValueError:
        raise refuse() from None


def _clock(text: str | None) -> time:
    if not text or not text.strip():
        return time()
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    hour, minute, second = match.groups(default="0")
    return time(int(hour), int(minute), int(second))


def _no_day(value: str) -> BadInput:
    sentence: Sentence = _("“{value}” is no day; write it as 2026-03-02.").format(value=value[:40])
    return BadInput(sentence)


def _column_shift(column: str) -> int:
    unit = _COLUMN_UNIT.search(column)
    return _UNITS[unit[1] or ""] if unit else 0


def whole_digits(text: str) -> str:
    """Return "13800138000" for "1.3800138000E+10". Raises BadInput where the spreadsheet has cut digits off."""
    if not re.fullmatch(r"\d(\.\d+)?e\+?\d+", folded(text)):
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    kept = len(number.as_tuple().digits)
    if kept <= number.adjusted():
        raise BadInput(
            _("The spreadsheet has cut digits off {value}; format the column as text and enter it again.").format(
                value=text
            )
        )
    return str(int(number))
