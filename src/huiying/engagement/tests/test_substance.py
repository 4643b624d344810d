"""What is a record of contact, and what only looks like one; pure rules, the examples are from real desks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.engagement.substance import Part, Record, judge

HOLLOW = """
已沟通
已处理
跟进中
ok
OK！
ｏｋ
电话联系
已电话联系客户
已与客户电话沟通
已联系客户，客户满意
电话回访，客户表示一切正常
微信沟通，沟通顺利
日常维护
例行回访，无异常
客户表示没问题，继续跟进
上门拜访，相谈甚欢
已沟通已沟通已沟通已沟通
打电话给客户，客户说挺好的
持续跟进中，有需要再联系
无
暂无需求，保持联系
收到，好的，谢谢
您好，祝您生活愉快，工作顺利！
王总您好，节日快乐
发送中秋节日祝福短信
好好好好好好好好好好好好
哈哈哈哈哈哈哈哈哈哈哈
1111111111111111
123123123123123123
。。。。。。。。。。
asdfghjkl
aaaaaaaaaaaaaaaaaaa
测试测试测试测试
产品资料产品资料产品资料产品资料
电话未接，无人接听
关机，联系不上
同上
见上次记录
滤芯
called the customer, all good
followed up, in progress
Hello, good morning!
done
n/a
要20个滤芯
王总
""".strip().splitlines()

SPECIFIC = """
王总说三月份的滤芯已用完，要 20 个，周五前报价
张工问滤芯价，回复 85 元一支
李经理说暂无采购需求，年底预算下来再谈
刘女士嫌配送慢，答应下批改走顺丰
陈店长要两台样机试用，下周二送到
客户反映冰箱冷藏室结冰，约周四上午上门检修
赵会计催发票，今天已补寄，单号告知
孙姐推荐了她妹妹的店，下周约见
续约谈到 95 折，对方说要老板批，15 号回复
仓库搬到嘉定，送货地址要改
确认了合同第三条付款改为月结 60 天
对设备噪音不满，要求技术部出检测报告
新工厂 6 月投产，预计每月多用 3 吨原料
Mr Wang wants 20 filters, quote by Friday
They moved to Suzhou; new delivery address by Monday
催货：订单还缺 3 箱，明天补发
试用一个月，觉得界面字太小，其余满意
""".strip().splitlines()


@pytest.mark.parametrize("content", HOLLOW)
def test_what_says_nothing_is_refused_with_what_is_missing(content):
    verdict = judge(Record(content=content))
    assert verdict.is_hollow
    assert verdict.missing


@pytest.mark.parametrize("content", SPECIFIC)
def test_short_but_specific_records_stand(content):
    verdict = judge(Record(content=content))
    assert not verdict.is_hollow
    assert Part.MATTER in verdict.told


def test_the_four_parts_are_found_wherever_they_stand():
    whole = judge(Record(content="王总说三月份的滤芯已用完，要 20 个，周五前报价"))
    assert whole.missing == []
    parted = Record(content="谈了三月份的滤芯用量", feedback="嫌贵，想要九折", next_step="周五前报价", who="王总")
    assert judge(parted).missing == []


def test_what_is_missing_is_named():
    assert judge(Record(content="已沟通")).missing == [Part.WHO, Part.MATTER, Part.SAID, Part.FOLLOWS]
    assert judge(Record(content="仓库搬到嘉定，新地址是曹安公路 1688 号")).missing == [
        Part.WHO,
        Part.SAID,
        Part.FOLLOWS,
    ]
    assert Part.WHO not in judge(Record(content="已沟通", who="王总")).missing


def test_a_copy_of_the_last_record_is_refused():
    last = "王总说三月份的滤芯已用完，要 20 个，周五前报价"
    assert judge(Record(content="王总说：三月份的滤芯已用完；要20个，周五前报价。"), last=last).is_hollow
    assert judge(Record(content="王总说三月份的滤芯已经用完，要 20 个，周五前报价"), last=last).is_hollow
    assert not judge(Record(content="王总说四月份的滤芯还有，要 5 个备用，月底前报价"), last=last).is_hollow
    assert not judge(Record(content="王总说三月份的滤芯已用完，要 35 个，周五前报价"), last=last).is_hollow


@given(st.sampled_from(HOLLOW), st.sampled_from(["。", "！！", " ", "...", "～"]))
def test_signs_and_spaces_make_nothing_specific(content, signs):
    assert judge(Record(content=f"{signs}{content}{signs * 5}")).is_hollow


@given(st.text(max_size=3000))
def test_any_text_has_a_verdict(text):
    verdict = judge(Record(content=text), last=text)
    assert verdict.is_hollow  # whatever it is, it repeats itself


@given(st.text(alphabet="好的呀", min_size=1, max_size=400))
def test_three_signs_are_never_a_record(text):
    assert judge(Record(content=text)).is_hollow
