"""A mail arrives in any shape; what a handler reads is what the customer wrote."""

import base64

import pytest

from huiying.channels.adapters.mail import Letter, Oddity, Refusal, Unreadable, read_letter

COMPLAINT = "裤子洗了一次就开线，要求退款"


def letter(*head: str | bytes, body: bytes = b"") -> Letter:
    lines = [line if isinstance(line, bytes) else line.encode() for line in head]
    read = read_letter(b"\r\n".join([*lines, b"", body]))
    assert isinstance(read, Letter)
    return read


def mixed(*parts: bytes) -> Letter:
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return letter("From: a@b.test", "Content-Type: multipart/mixed; boundary=cut", body=body)


def test_gbk_bytes_in_the_header_fields_are_read():
    read = letter(
        "From: 张敏 <zhang@qq.test>".encode("gbk"), "Subject: 投诉：退款".encode("gbk"), body="少发一件".encode("gbk")
    )
    assert (read.from_name, read.from_email, read.subject) == ("张敏", "zhang@qq.test", "投诉：退款")
    assert read.body_text == "少发一件"


@pytest.mark.parametrize("declared", ["gb2312", "us-ascii", "iso-8859-1", "x-unknown", "utf-8"])
def test_what_is_declared_wrongly_is_read_as_gb18030(declared):
    read = letter(f"Content-Type: text/plain; charset={declared}", body=f"朱镕喆反映：{COMPLAINT}".encode("gb18030"))
    assert read.body_text == f"朱镕喆反映：{COMPLAINT}"


def test_utf_8_that_is_declared_gbk_is_still_read():
    read = letter("Content-Type: text/plain; charset=gbk", body=COMPLAINT.encode())
    assert read.body_text == COMPLAINT
    assert Oddity.CHARSET in read.oddities


def test_western_and_russian_text_is_not_taken_for_chinese():
    assert letter("Content-Type: text/plain; charset=iso-8859-1", body="Grüße".encode("latin-1")).body_text == "Grüße"
    assert letter("Subject: Hofjägerallee", body="привет".encode()).body_text == "привет"
    assert letter("Subject: Hofjägerallee").subject == "Hofjägerallee"


def test_a_character_cut_between_two_encoded_words_is_whole_again():
    raw = "投诉".encode("gbk")
    first, second = base64.b64encode(raw[:3]).decode(), base64.b64encode(raw[3:]).decode()
    assert letter(f"Subject: =?gbk?B?{first}?=\r\n =?gbk?B?{second}?=").subject == "投诉"


@pytest.mark.parametrize(
    ("written", "name", "email"),
    [
        ("Smith, John <j@x.test>", "Smith, John", "j@x.test"),
        ("MAILER-DAEMON (Mail Delivery System)", "Mail Delivery System", "MAILER-DAEMON"),
        ("pete(his account)@silly.test (Pete)", "his account Pete", "pete@silly.test"),
        ('"kefu@shop.test"', "", "kefu@shop.test"),
        ("Max | [shop] <max@x.test>", "Max | [shop]", "max@x.test"),
        ("Test test@x.test", "Test", "test@x.test"),
        ("<>", "", ""),
    ],
)
def test_senders_are_found_however_they_are_written(written, name, email):
    read = letter(f"From: {written}", "Subject: x")
    assert (read.from_name, read.from_email) == (name, email)


def test_without_from_the_reply_to_is_the_sender():
    assert letter("Reply-To: <a@b.test>", "Subject: x").from_email == "a@b.test"


@pytest.mark.parametrize(
    "field",
    [
        'attachment; filename="退货单.pdf"'.encode("gbk"),
        b"attachment; filename*=gbk''%CD%CB%BB%F5%B5%A5.pdf",
        b"attachment; filename*0*=utf-8''%E9%80%80; filename*1*=%E8%B4%A7%E5%8D%95; filename*2=.pdf",
        b'attachment; filename="=?gbk?B?zcu79bWlLnBkZg==?="',
        r'attachment; filename="C:\\temp\\退货单.pdf"'.encode(),
    ],
)
def test_file_names_are_read_in_every_dress(field):
    read = mixed(b"\r\nhello", b"Content-Type: application/pdf\r\nContent-Disposition: " + field + b"\r\n\r\n%PDF")
    assert [(file.name, file.content) for file in read.attachments] == [("退货单.pdf", b"%PDF")]


def test_an_attached_mail_is_a_file_named_by_its_subject():
    read = mixed(b"\r\nsee below", b"Content-Type: message/rfc822\r\n\r\nSubject: old\r\n\r\nold words")
    assert [file.name for file in read.attachments] == ["old.eml"]
    assert b"old words" in read.attachments[0].content
    assert read.body_text == "see below"


def test_two_files_of_one_name_and_an_unnamed_picture_are_told_apart():
    scan = b"Content-Type: image/jpeg; name=a.jpg\r\n\r\nx"
    read = mixed(scan, scan, b"Content-Type: image/png\r\nContent-Disposition: attachment\r\n\r\nx")
    assert [file.name for file in read.attachments] == ["a.jpg", "a1.jpg", "image.png"]


def test_html_is_made_safe_and_its_own_pictures_stay():
    page = (
        b'<title>t</title><p onclick="x()">hi<script>x</script><img src="cid:p1@x"><img src="http://evil.test/1.gif">'
        b'<img src="data:image/png;base64,iVBORw0K"><a href="javascript:x">go</a><style>p{}</style></p>'
    )
    read = letter("From: a@b.test", "Content-Type: text/html", body=page)
    assert read.body_text == "higo"
    for word in ("script", "onclick", "evil", "data:", "<style", "title"):
        assert word not in read.body_html
    assert 'src="cid:p1@x"' in read.body_html
    assert [(file.name, file.inline) for file in read.attachments] == [("image-1.png", True)]
    assert Oddity.REMOTE_CONTENT in read.oddities


def test_an_empty_text_part_gives_way_to_the_html():
    read = mixed(b"Content-Type: text/plain\r\n\r\n", b"Content-Type: text/html\r\n\r\n<p>one</p><p>two")
    assert read.body_text == "one\ntwo"


@pytest.mark.parametrize("raw", [b"", b"\r\n \0"])
def test_nothing_is_refused_as_nothing(raw):
    assert read_letter(raw) == Unreadable(Refusal.EMPTY)


def test_a_mail_packed_into_itself_too_often_is_refused():
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=q%d\n\n--q%d\n" % (n, n) for n in range(2000))
    assert read_letter(b"From: a@b.test\n" + levels) == Unreadable(Refusal.TOO_NESTED)


def test_a_mail_without_header_fields_is_all_text():
    read = read_letter(f"你好\n请处理: {COMPLAINT}\n".encode())
    assert isinstance(read, Letter)
    assert read.body_text.startswith("你好")
    assert {Oddity.NO_HEAD, Oddity.SENDER} <= set(read.oddities)


def test_strays_among_the_header_fields_do_not_end_them():
    read = letter("--- Original email message ---", "From: a@b.test", "quite Delivered-To: x", "Subject: s", body=b"t")
    assert (read.from_email, read.subject, read.body_text) == ("a@b.test", "s", "t")


def test_base64_with_a_footer_behind_it_keeps_the_words():
    words = base64.b64encode(COMPLAINT.encode()) + b"\r\n_____\r\nlist footer text\r\n"
    read = letter("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", body=words)
    assert read.body_text == COMPLAINT


def test_plain_text_that_claims_to_be_base64_is_shown_as_it_is():
    read = letter("Subject: x", "Content-Transfer-Encoding: base64", body=b"please call me back today, thank you")
    assert read.body_text == "please call me back today, thank you"
    assert Oddity.ENCODING in read.oddities
