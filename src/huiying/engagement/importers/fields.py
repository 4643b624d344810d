"""The columns of a list of contacts, as other systems export them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiying.customers.importers import cells
from huiying.engagement.models import Means
from huiying.imports.protocol import Field
from huiying.kit.cells import as_day, as_moment, as_text, as_word
from huiying.kit.guards import BadInput
from huiying.kit.tables import Cell
from huiying.kit.text import LONGEST, folded

MEANS: Mapping[str, Means] = {
    word: meant
    for meant, words in {
        Means.PHONE: "电话 去电 来电 座机 手机 电话沟通 电话回访 phone call tel",
        Means.VISIT: "拜访 上门 上门拜访 走访 面访 实地拜访 visit",
        Means.MEETING: "会议 面谈 见面 会面 线下 视频会议 meeting",
        Means.WECHAT: "微信 微信沟通 wechat weixin wx",
        Means.WECOM: "企微 企业微信 wecom",
        Means.EMAIL: "邮件 电子邮件 邮箱 email e-mail mail",
        Means.SMS: "短信 sms text",
        Means.SYSTEM: "系统消息 站内信 app消息 推送 system push",
    }.items()
    for word in words.split()
}
NO_MEANS = _("“{value}” is no way of contact, such as 电话, 拜访, 微信, 邮件, 短信.")


def means(cell: Cell, _column: str) -> Means | None:
    text = folded(as_word(cell)).replace(" ", "")
    if not text:
        return None
    if text not in MEANS:
        raise BadInput(
            _("“{value}” is no way of contact, such as 电话, 拜访, 微信, 邮件, 短信.").format(value=text[:40])
        )
    return MEANS[text]


def moment(cell: Cell, _column: str) -> datetime | None:
    return as_moment(cell)


def whole_text(cell: Cell, _column: str) -> str:
    text = as_text(cell)
    if len(text) > LONGEST:
        raise BadInput(_("The text is longer than {length} characters.").format(length=LONGEST))
    return text


FIELDS = (
    Field(
        code="external_ref",
        label=_("outside number"),
        read=cells.words_up_to(80),
        synonyms=("外部编号", "记录编号", "跟进编号", "沟通编号", "联系记录编号", "流水号", "id", "record id"),
    ),
    Field(
        code="customer_number",
        label=_("customer number"),
        read=cells.words,
        synonyms=("客户编号", "客户代码", "客户编码", "会员号", "会员编号", "customer id", "customer no"),
    ),
    Field(
        code="customer_name",
        label=_("customer"),
        read=cells.words_up_to(120),
        synonyms=("客户名称", "客户", "客户姓名", "公司名称", "单位名称", "姓名", "customer name"),
    ),
    Field(
        code="phones",
        label=_("phone"),
        read=cells.phones,
        many=True,
        synonyms=("手机", "手机号", "手机号码", "电话号码", "联系电话", "mobile", "tel"),
    ),
    Field(
        code="at",
        label=_("when"),
        read=moment,
        required=True,
        synonyms=(
            "沟通时间",
            "联系时间",
            "跟进时间",
            "回访时间",
            "拜访时间",
            "沟通日期",
            "跟进日期",
            "联系日期",
            "拜访日期",
            "时间",
            "日期",
            "time",
            "date",
        ),
    ),
    Field(
        code="means",
        label=_("how"),
        read=means,
        synonyms=("沟通方式", "联系方式", "跟进方式", "沟通渠道", "渠道", "方式", "类型", "channel", "type"),
    ),
    Field(
        code="owner",
        label=_("by whom"),
        read=cells.words_up_to(60),
        synonyms=("跟进人", "沟通人", "客户经理", "业务员", "记录人", "负责人", "客服", "agent", "owner"),
    ),
    Field(
        code="contact",
        label=_("spoke with"),
        read=cells.words_up_to(60),
        synonyms=("联系人", "沟通对象", "客户联系人", "被访人", "contact"),
    ),
    Field(
        code="participants",
        label=_("participants"),
        read=cells.words_up_to(200),
        synonyms=("参与人", "参与人员", "参加人", "陪同人员", "attendees"),
    ),
    Field(
        code="content",
        label=_("what was spoken of"),
        read=whole_text,
        required=True,
        synonyms=(
            "沟通内容",
            "跟进内容",
            "联系内容",
            "拜访内容",
            "回访内容",
            "跟进记录",
            "沟通记录",
            "内容",
            "纪要",
            "content",
            "notes",
        ),
    ),
    Field(
        code="feedback",
        label=_("what the customer said to it"),
        read=whole_text,
        synonyms=("客户反馈", "反馈", "客户意见", "反馈内容", "feedback"),
    ),
    Field(
        code="next_step",
        label=_("next step"),
        read=cells.words_up_to(300),
        synonyms=("下一步", "下一步计划", "后续计划", "下步计划", "后续动作", "next"),
    ),
    Field(
        code="next_on",
        label=_("next step on"),
        read=lambda cell, _column: as_day(cell),
        synonyms=("下次跟进时间", "下次联系时间", "下次跟进日期", "下次联系日期", "下次拜访时间", "next date"),
    ),
)
