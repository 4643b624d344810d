from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.journal.verbs import Verb

IMPORTED = Verb(
    "file_imported", _("imported a file: {stored} rows stored, {unchanged} already there, {rejected} rejected")
)
