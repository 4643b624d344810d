"""Phrases that say nothing of a contact, in folded text: what is left without them is what was really recorded."""

from __future__ import annotations

import re
from collections import defaultdict


def any_of(*phrases: str) -> re.Pattern[str]:
    """Return a pattern of any of them, the longest first; Latin words only where they stand alone.

    Phrases are grouped by their first sign, so that most places of a text are passed over at one glance.
    """
    words = sorted((word for phrase in phrases for word in phrase.split("|")), key=len, reverse=True)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[word[0]].append(re.escape(word[1:]) + (r"\b" if word.isascii() else ""))
    branches = [(r"\b" if first.isascii() else "") + f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items()]
    return re.compile(f"(?=[{''.join(groups)}])(?:{'|'.join(branches)})")


GREETINGS = any_of(
    "您好|你好|大家好|在吗|在么|早上好|上午好|中午好|下午好|晚上好|早安|晚安|哈喽|嗨|节日快乐|新年快乐|春节快乐|新春快乐|中秋快乐|国庆快乐|元旦快乐|端午安康|生日快乐|周末愉快|周末快乐",
    "祝您|祝你|祝大家|祝客户|祝贵司|生活愉快|工作顺利|万事如意|身体健康|阖家欢乐|阖家幸福|生意兴隆|恭喜发财|财源广进|事业有成|节日问候|节日祝福|生日祝福|送上祝福|发送祝福|祝福短信|节日短信|问候短信|问候|祝福|拜年|辛苦了|感谢支持|谢谢支持|感谢|谢谢",
    "hello|hi|hey|good morning|good afternoon|good evening|happy new year|happy holidays|greetings|thank you|thanks",
)

STOCK = any_of(
    # that something was done
    "沟通|交流|联系|联络|处理|解决|完成|办理|落实|反馈|通知|告知|回访|拜访|走访|跟进|跟踪|维护|关怀|服务",
    "打电话|打了电话|去电|来电|致电|通话|电话|微信|企微|短信|邮件|发微信|加微信|线上|上门|见面|面谈|登门",
    "电话联系|电话沟通|电话回访|微信联系|微信沟通|上门拜访|上门回访|日常维护|日常回访|日常沟通|日常联系|例行回访|例行维护|例行拜访|例行沟通|客情维护|客户维护|客户关怀|客户回访",
    # how it went, without saying what
    "沟通顺利|沟通良好|沟通愉快|相谈甚欢|氛围良好|态度良好|态度很好|关系良好|合作愉快|非常满意|很满意|比较满意|满意|认可|好评|挺好的|挺好|很好|还好|还行|不错|良好|顺利|愉快|正常|一切正常|一切都好|使用正常|使用良好|运行正常|情况正常|无异常|没问题|没有问题|没什么问题|无问题|没啥事|没事|没什么事|无特殊情况|无特别情况",
    "暂无|暂无需求|没有需求|无需求|暂时没有需求|暂时不需要|不需要|无反馈|暂无反馈|无意见|没意见|没有意见|无其他|无|没有",
    # that something will be done, without saying what
    "继续跟进|持续跟进|待跟进|跟进中|后续跟进|再跟进|保持联系|保持沟通|保持跟进|继续维护|继续联系|继续沟通|下次再说|再说|再联系|改天再联系|以后再联系|有需要再联系|等回复|等客户回复|待回复|待定|处理中|沟通中|联系中|等待中|等通知|等消息",
    # nobody was reached: that is a try, no contact
    "未接|没接|未接通|没接通|无人接听|没人接|打不通|关机|停机|占线|忙线|未联系上|没联系上|联系不上|未回复|没回复|不在",
    # empty words
    "收到|知道了|明白|了解|好的|好|行|可以|嗯|哦|是的|对|测试|备注|记录|略|同上|见上|如题|其他|其它|详情|情况|相关|事宜|事项|问题|内容|具体",
    "ok|okay|okey|done|test|testing|none|nil|null|yes|no|n/a|na|fine|good|great|called|contacted|talked|spoke|discussed|handled",
    "resolved|solved|processed|followed up|follow up|following up|in progress|pending",
    "as above|same as above|see above|nothing new|no news|no problem|all good",
    "all fine|everything ok|everything is fine|satisfied|happy",
)

FILLERS = any_of(
    "已经|已|将|会|正在|正|进行|进行了|过了|过|了|的|地|得|一下|一次|一遍|下|再|又|也|都|就|很|较|比较|非常|最近|近期|目前|现在|今天|今日|昨天|上午|下午|本次|此次|这次|与|和|跟|向|对|给|为|被|把|让|请|请问|在|是|有|并|且|及|等|其|该|此|我|我方|我司|我们|他|她|它|他们|您|你|贵司|客户|客户方|顾客|用户|对方|表示|说|称|反映",
    "the|a|an|and|or|with|to|for|of|by|on|in|at|is|are|was|were|be|been|has|have|had|customer|client|about|via|phone|call|email|wechat|message|it|he|she|they|we|i|said|that|very|all|just|today|again",
)
