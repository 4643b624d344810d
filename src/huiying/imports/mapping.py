"""Which column holds which field: proposed from the headers, remembered for the next file with the same ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from huiying.imports.models import ImportMapping
from huiying.imports.protocol import Field, Importer
from huiying.kit.guards import BadInput
from huiying.kit.text import folded

Mapped = dict[str, str]  # column → field code

_BRACKETS = re.compile(r"[(\[{【「<][^)\]}】」>]*[)\]}】」>]")
_NOT_WORD = re.compile(r"[\W_]+")


def header_key(header: str) -> str:
    """Return the header as it is compared: 「年采购额(元)*」 → 「年采购额」."""
    plain = folded(header)
    return _NOT_WORD.sub("", _BRACKETS.sub("", plain)) or _NOT_WORD.sub("", plain)


def signature(columns: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(columns).encode()).hexdigest()


def known_headers(importer: Importer) -> Callable[[str], bool]:
    """Return the question whether a cell names one of the importer's fields."""
    known = _by_header(importer)
    return lambda header: header_key(header) in known


def mapping_for(importer: Importer, columns: Sequence[str]) -> Mapped:
    """Return the mapping last used for these very columns, else what the headers say."""
    kept = ImportMapping.objects.filter(kind=importer.kind, signature=signature(columns)).first()
    codes = {field.code for field in importer.fields}
    if kept is not None:
        return {column: code for column, code in kept.mapping.items() if column in columns and code in codes}
    return proposed(importer, columns)


def proposed(importer: Importer, columns: Sequence[str]) -> Mapped:
    """Map each column to the field its header names; a field that is not `many` goes to the first such column."""
    by_header, mapping = _by_header(importer), Mapped()
    for column in columns:
        field = by_header.get(header_key(column))
        if field is not None and (field.many or field.code not in mapping.values()):
            mapping[column] = field.code
    return mapping


def overridden(importer: Importer, mapping: Mapped, given: Mapping[str, str]) -> Mapped:
    """Return the mapping with what somebody said about it; a column given as "" is left out."""
    many = {field.code for field in importer.fields if field.many}
    taken = {code for code in given.values() if code not in many}
    kept = {column: code for column, code in mapping.items() if column not in given and code not in taken}
    return kept | {column: code for column, code in given.items() if code}


def remember(importer: Importer, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
    ImportMapping.objects.update_or_create(
        kind=importer.kind, signature=signature(columns), defaults={"mapping": dict(mapping)}
    )


def ensure_complete(importer: Importer, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Raise BadInput where the mapping names what is not there, names a field twice, or lacks a required one."""
    fields = {field.code: field for field in importer.fields}
    for column, code in mapping.items():
        if column not in columns:
            raise BadInput(_("The file has no column “{column}”.").format(column=column), field="mapping")
        if code not in fields:
            raise BadInput(_("There is no field “{code}”.").format(code=code), field="mapping")
    chosen = list(mapping.values())
    for field in importer.fields:
        if chosen.count(field.code) > 1 and not field.many:
            raise BadInput(_("Two columns are taken for “{field}”.").format(field=field.label), field="mapping")
        if field.required and field.code not in chosen:
            raise BadInput(_("Which column holds “{field}”?").format(field=field.label), field="mapping")


def _by_header(importer: Importer) -> dict[str, Field]:
    """Return the fields by every header that means them: code, label in the reader's language, synonyms."""
    headers: dict[str, Field] = {}
    for field in importer.fields:
        for header in (field.code, str(field.label), *field.synonyms):
            headers.setdefault(header_key(header), field)
    return headers
