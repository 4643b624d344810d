"""The columns of a list of contacts, as other systems export them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from huiying.customers.importers.whom import who
from huiying.engagement.models import Means
from huiying.imports import readers
from huiying.imports.protocol import Field
from huiying.imports.readers import one_of
from huiying.kit.text import LONGEST

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
means = one_of(MEANS, "电话, 拜访, 会议, 微信, 邮件, 短信")

FIELDS = (
    Field(
        code="external_ref",
        label=_("outside number"),
        read=readers.words_up_to(80),
        synonyms=("外部编号", "记录编号", "跟进编号", "沟通编号", "联系记录编号", "流水号", "id", "record id"),
    ),
    *who(named=("单位名称",), phoned=("电话号码",)),
    Field(
        code="at",
        label=_("when"),
        read=readers.moment,
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
        read=readers.words_up_to(60),
        synonyms=("跟进人", "沟通人", "客户经理", "业务员", "记录人", "负责人", "客服", "agent", "owner"),
    ),
    Field(
        code="contact",
        label=_("spoke with"),
        read=readers.words_up_to(60),
        synonyms=("联系人", "沟通对象", "客户联系人", "被访人", "contact"),
    ),
    Field(
        code="participants",
        label=_("participants"),
        read=readers.words_up_to(200),
        synonyms=("参与人", "参与人员", "参加人", "陪同人员", "attendees"),
    ),
    Field(
        code="content",
        label=_("what was spoken of"),
        read=readers.text_up_to(LONGEST),
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
        read=readers.text_up_to(LONGEST),
        synonyms=("客户反馈", "反馈", "客户意见", "反馈内容", "feedback"),
    ),
    Field(
        code="next_step",
        label=_("next step"),
        read=readers.words_up_to(300),
        synonyms=("下一步", "下一步计划", "后续计划", "下步计划", "后续动作", "next"),
    ),
    Field(
        code="next_on",
        label=_("next step on"),
        read=readers.day,
        synonyms=("下次跟进时间", "下次联系时间", "下次跟进日期", "下次联系日期", "下次拜访时间", "next date"),
    ),
)
