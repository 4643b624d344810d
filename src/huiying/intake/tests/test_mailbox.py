"""Mails are fetched from a real IMAP server, each once, and stay there until they are stored."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from huiying.cases.models import Case
from huiying.channels.models import Endpoint, RawMail
from huiying.intake import mailbox as mailboxes
from huiying.intake.mailbox import MailboxAway, collect, mailbox_at

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(DOVECOT is None, reason="needs dovecot-imapd")

SECRET = "geheim"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/log
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
default_internal_user = {inner}
default_login_user = {login}
default_internal_group = {group}
mail_location = maildir:{place}/mail/%n
passdb {{
  driver = static
  args = password=geheim
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/mail/%n
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


@dataclass(frozen=True)
class Server:
    port: int
    user: str = "nobody@example.com"

    def url(self, more: str = "", secret: str = SECRET) -> str:
        return f"imap://{quote(self.user)}:{secret}@127.0.0.1:{self.port}/INBOX?tls=none{more}"

    def session(self) -> imaplib.IMAP4:
        imap = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        imap.login(self.user, SECRET)
        return imap

    def post(self, *subjects: str) -> None:
        imap = self.session()
        for subject in subjects:
            head = f"From: zhang@example.test\r\nMessage-ID: <{subject}@example.test>\r\nSubject: {subject}\r\n"
            imap.append("INBOX", None, None, f"{head}\r\nhello\r\n".encode())
        imap.logout()

    def count(self, folder: str) -> int:
        imap = self.session()
        (number,) = imap.select(folder, readonly=True)[1]
        imap.logout()
        return int(number)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Server]:
    server = Server(free_port())
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to dovecot's people
        place = Path(name)
        place.chmod(0o755)
        (place / "mail").mkdir()
        (place / "mail").chmod(0o777)
        (place / "conf").write_text(CONFIGURATION.format(place=place, port=server.port, **who_runs_it()))
        process = subprocess.Popen([DOVECOT, "-F", "-c", str(place / "conf")])
        try:
            wait_until_it_answers(server, place / "log")
            yield server
        finally:
            process.terminate()
            process.wait(10)


def who_runs_it() -> dict[str, object]:
    """Return the people dovecot works as: its own when we are root, else we ourselves."""
    if os.getuid() == 0:
        return {"inner": "dovecot", "login": "dovenull", "group": "dovecot", "uid": 65534, "gid": 65534}
    import grp
    import pwd

    own, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    return {"inner": own, "login": own, "group": group, "uid": os.getuid(), "gid": os.getgid()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(server: Server, log: Path) -> None:
    for _try in range(100):
        try:
            server.session().logout()
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
            continue
        return
    raise RuntimeError(log.read_text() if log.exists() else "dovecot did not start")


@pytest.fixture
def inbox(dovecot, town, settings) -> Server:
    """Return an empty mailbox of its own."""
    server = Server(dovecot.port, user=f"kefu{uuid4().hex}@example.com")
    settings.MAILBOX_URL = server.url()
    imap = server.session()
    for folder in ("Done", "&XfJZBHQG-"):
        imap.create(folder)
    imap.logout()
    return server


def fetch() -> int:
    return collect(timezone.now())


def test_new_mails_become_cases_once_and_stay_read(inbox):
    inbox.post("one", "two")
    assert [fetch(), fetch()] == [2, 0]
    inbox.post("three")
    assert fetch() == 1
    assert sorted(Case.objects.values_list("subject", flat=True)) == ["one", "three", "two"]
    imap = inbox.session()
    imap.select("INBOX", readonly=True)
    assert imap.search(None, "UNSEEN")[1] == [b""]


@pytest.mark.parametrize("folder", ["Done", "已处理"])
def test_stored_mails_are_moved_where_one_likes(inbox, settings, folder):
    settings.MAILBOX_URL = inbox.url(f"&done={folder}")
    inbox.post("one")
    assert fetch() == 1
    assert (inbox.count("INBOX"), inbox.count("Done" if folder == "Done" else "&XfJZBHQG-")) == (0, 1)


def test_a_mail_that_could_not_be_stored_is_fetched_again(inbox, monkeypatch):
    def away(*_args, **_words):
        raise OperationalError("on purpose")

    inbox.post("one", "two")
    with monkeypatch.context() as broken:
        broken.setattr(mailboxes, "receive_mail", away)
        with pytest.raises(OperationalError):
            fetch()
    assert fetch() == 2
    assert RawMail.objects.count() == 2


def test_when_the_server_numbers_anew_nothing_is_stored_twice(inbox):
    inbox.post("one")
    fetch()
    Endpoint.objects.update(settings={"INBOX": [1, 7]})
    assert fetch() == 1
    assert Case.objects.count() == 1


def test_a_closed_door_is_said(inbox, settings):
    settings.MAILBOX_URL = inbox.url(secret="wrong")
    with pytest.raises(MailboxAway, match=r"@example\.com"):
        fetch()


def test_without_a_mailbox_nothing_is_fetched(settings):
    settings.MAILBOX_URL = ""
    assert fetch() == 0


def test_an_address_says_all_that_is_needed():
    box = mailbox_at("imaps://kefu%40qq.com:a%2Fb@imap.qq.com/INBOX?done=Done")
    assert (box.host, box.port, box.user, box.password, box.tls, box.done) == (
        "imap.qq.com", 993, "kefu@qq.com", "a/b", "ssl", "Done",
    )  # fmt: skip
