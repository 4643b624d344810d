"""Of an answer only the new words are shown; nothing a customer wrote is lost by it."""

import pytest

from huiying.channels.adapters.mail import Letter, read_letter
from huiying.channels.adapters.mail.quoting import new_words

NEW = "还是没收到退款，\n请尽快处理。"
OLD = "您好，您的投诉已受理。"


@pytest.mark.parametrize(
    "quotation",
    [
        f"------------------ 原始邮件 ------------------\n发件人: x <k@s.test>;\n\n{OLD}",
        f"------------------&nbsp;原始邮件&nbsp;------------------\n{OLD}".replace("&nbsp;", "\xa0"),
        f'在 2026-03-02 10:21:33，"客服中心" <k@s.test> 写道：\n\n{OLD}',
        f'At 2026-03-02 10:21:33, "kefu" <k@s.test> wrote:\n{OLD}',
        f"客服 <k@s.test> 于2026年3月2日周一 10:21写道：\n> {OLD}",
        f"> 在 2026年3月2日，上午10:21，客服 <k@s.test> 写道：\n> {OLD}",
        f"On Mon, Mar 2, 2026 at 10:21 AM A very long name of a help desk\n<k@s.test> wrote:\n\n> {OLD}",
        f"________________________________\n发件人: 客服\n发送时间: 2026年3月2日\n收件人: 张敏\n主题: 投诉\n\n{OLD}",
        f"发件人：客服\n发送时间：2026-03-02\n收件人：张敏\n主题：投诉\n\n{OLD}",
        f"-----Original Message-----\nFrom: k\n{OLD}",
        f"-----邮件原件-----\n发件人: k\n{OLD}",
        f"> {OLD}\n> 工单",
        "-- \n张敏\n138****0000",
        "发自我的iPhone",
        f"发自我的华为手机\n\n-------- 原始邮件 --------\n{OLD}",
        f"Sent from my iPhone\n\nAm 02.03.2026 um 10:21 schrieb Kefu <k@s.test>:\n> {OLD}",
    ],
)
def test_the_quotation_and_the_signature_are_left_out(quotation):
    assert new_words(f"{NEW}\n\n{quotation}\n") == NEW


def test_answers_written_between_quoted_lines_stay():
    text = "On 2 March 2026 k <k@s.test> wrote:\n> 您要退款吗？\n要\n> 退到哪里？\n原卡"
    assert new_words(text) == "要\n原卡"


@pytest.mark.parametrize(
    "text", [f"> {OLD}", f"-----原始邮件-----\n{OLD}", "在店里买的鞋，穿了一天就坏了", "- 少一件\n- 破一件"]
)
def test_a_mail_that_only_quotes_or_looks_like_it_is_kept_whole(text):
    assert new_words(text) == text


def test_a_date_or_a_sender_in_the_story_does_not_end_it():
    story = "在 2026-03-02 我下单\n发件人：写的是你们仓库\n到现在没到"
    assert new_words(story) == story


def test_a_quotation_in_html_is_left_out_too():
    page = f"<div>{NEW}</div><blockquote><p>{OLD}</p><p>second</p></blockquote>".replace("\n", "<br>")
    letter = read_letter(b"From: a@b.test\nContent-Type: text/html; charset=utf-8\n\n" + page.encode())
    assert isinstance(letter, Letter)
    assert letter.reply_text == NEW
    assert OLD in letter.body_text
