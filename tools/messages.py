"""The message catalogues. `extract` brings them up to date, `check` says what is missing; only Python is needed.

zh_Hans is written by hand. en repeats the message itself, because Django would otherwise fall back to Chinese.
zh_Hant is converted from zh_Hans by OpenCC with the words of Taiwan, each time anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import opencc
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "huiying"
LOCALE = PACKAGE / "locale"
PLURALS = {"zh_Hans": "nplurals=1; plural=0;", "zh_Hant": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
BLANK = re.compile(r"%\(\w+\)[a-z]|(?<!\{)\{\w*\}(?!\})|%[sd]")
HEADER = """\
# Huiying's messages. Run `make messages` to bring this file up to date.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
Key = tuple[str | None, str]


def main(words: list[str]) -> int:
    settings.configure(USE_I18N=True)
    if words == ["extract"]:
        bring_up_to_date()
        return 0
    if words == ["check"]:
        faults = list(faults_of_all())
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    sys.stderr.write("usage: messages.py extract|check\n")
    return 2


def bring_up_to_date() -> None:
    found = messages_in_source()
    hans = updated("zh_Hans", found)
    write("zh_Hans", hans)
    write("en", identical(found))
    write("zh_Hant", converted(hans))


def messages_in_source() -> Catalog:
    catalog = Catalog(charset="utf-8")
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and not {"migrations", "tests", "static"} & set(path.parts):
            for _line, message, comments, context in messages_in(path):
                catalog.add(message, context=context, auto_comments=comments)
    return catalog


def messages_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatize(source, origin=str(path))
        source = "\n".join(line.strip() for line in source.splitlines())
    return extract("python", BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=["Translators:"])


def updated(language: str, found: Catalog) -> Catalog:
    """Return the catalogue of exactly the messages found, with the translations known so far."""
    known = {key_of(message): message for message in read(language) if message.id}
    result = Catalog(locale=language, charset="utf-8")
    for message in found:
        if message.id:
            old = known.get(key_of(message))
            fuzzy = {"fuzzy"} if old is not None and old.fuzzy else set()
            text = old.string if old is not None else ("",) if message.pluralizable else ""
            result.add(message.id, text, auto_comments=message.auto_comments, context=message.context, flags=fuzzy)
    return result


def identical(found: Catalog) -> Catalog:
    result = Catalog(locale="en", charset="utf-8")
    for message in found:
        if message.id:
            result.add(message.id, message.id, context=message.context)
    return result


def converted(hans: Catalog) -> Catalog:
    convert = opencc.OpenCC("s2twp").convert
    result = Catalog(locale="zh_Hant", charset="utf-8")
    for message in hans:
        if message.id:
            texts = tuple(convert(text) for text in texts_of(message))
            result.add(message.id, texts if message.pluralizable else texts[0], context=message.context)
    return result


def faults_of_all() -> Iterator[str]:
    found = messages_in_source()
    wanted = {key_of(message) for message in found if message.id}
    for language in PLURALS:
        catalog = [message for message in read(language) if message.id]
        present = {key_of(message) for message in catalog}
        yield from (f"{language}: not extracted yet: {key[1]!r}" for key in sorted(wanted - present, key=repr))
        yield from (f"{language}: no longer used: {key[1]!r}" for key in sorted(present - wanted, key=repr))
        yield from (f"{language}: {fault}" for message in catalog for fault in faults_of(message))
    hant = {key_of(message): texts_of(message) for message in read("zh_Hant") if message.id}
    for message in converted(updated("zh_Hans", found)):
        if message.id and hant.get(key_of(message)) not in {None, texts_of(message)}:
            yield f"zh_Hant: differs from zh_Hans, run `make messages`: {key_of(message)[1]!r}"


def faults_of(message: Message) -> Iterator[str]:
    name = key_of(message)[1]
    if message.fuzzy:
        yield f"fuzzy: {name!r}"
    if not all(texts_of(message)):
        yield f"not translated: {name!r}"
        return
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    blanks = set(BLANK.findall(sources[-1]))
    for text in texts_of(message):
        if set(BLANK.findall(text)) - blanks or (blanks - set(BLANK.findall(text)) and len(sources) == 1):
            yield f"other blanks than the message: {name!r}"


def key_of(message: Message) -> Key:
    return message.context, message.id[0] if isinstance(message.id, tuple | list) else message.id


def texts_of(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = file_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalog: Catalog) -> None:
    """Write the same bytes for the same messages: sorted, without places or dates."""
    body = BytesIO()
    write_po(body, catalog, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True, width=0)
    path = file_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = HEADER.format(language=language, plurals=PLURALS[language])
    path.write_text(header + body.getvalue().decode().strip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
