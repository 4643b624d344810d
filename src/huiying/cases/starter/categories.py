"""The cause categories that an installation begins with (SPEC C1)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Branch:
    """A category and those below it; its code continues its parent's. `hints` are words that point to it."""

    code: str
    name: str
    name_en: str
    hints: str = ""
    below: tuple[Branch, ...] = field(default=())


QUALITY = Branch(
    "quality",
    "产品质量",
    "Product quality",
    "质量 坏了 故障 不能用 次品",
    (
        Branch(
            "performance",
            "性能不良",
            "Poor performance",
            "效果差 不制冷 不加热 功率",
            (
                Branch("cooling", "制冷制热差", "Weak cooling or heating", "不制冷 不制热 不凉 温度 结霜"),
                Branch("noise", "噪音振动", "Noise and vibration", "噪音 异响 震动 太吵 嗡嗡"),
                Branch("power", "无法开机", "Does not start", "开不了机 不通电 跳闸 黑屏 没反应"),
                Branch("leak", "漏水漏气", "Leaks", "漏水 渗水 漏气 滴水"),
                Branch("software", "程序与联网", "Software and connection", "app 联网 死机 程序 升级 蓝牙"),
            ),
        ),
        Branch(
            "appearance",
            "外观缺陷",
            "Damaged or flawed surface",
            "划痕 破损 掉漆 变形 色差 污渍",
            (
                Branch("scratch", "划痕磕碰", "Scratches and dents", "划痕 磕碰 凹陷 掉漆"),
                Branch("colour", "色差异味", "Colour or smell", "色差 异味 气味 刺鼻"),
            ),
        ),
        Branch(
            "parts",
            "配件问题",
            "Parts",
            "配件 零件 少了 缺件 遥控器",
            (
                Branch("missing", "缺件少件", "Missing parts", "缺件 少件 少了 没有配"),
                Branch("worn", "配件易损", "Parts wear out early", "断了 裂了 松动 老化"),
            ),
        ),
        Branch("safety", "安全隐患", "Safety hazard", "漏电 冒烟 起火 烫伤 爆炸 受伤"),
        Branch("mismatch", "与描述不符", "Not as described", "不符 假货 翻新 二手 虚假 型号不对"),
    ),
)
SERVICE = Branch(
    "service",
    "服务态度与失误",
    "Service attitude and mistakes",
    "服务 客服 态度",
    (
        Branch(
            "attitude",
            "态度问题",
            "Attitude",
            "态度 不耐烦 骂 推诿 冷漠",
            (
                Branch("rude", "言语不当", "Rude words", "骂人 不礼貌 挂电话 吼"),
                Branch("shirking", "推诿敷衍", "Shirking", "推诿 踢皮球 敷衍 没人管"),
            ),
        ),
        Branch(
            "response",
            "响应迟缓",
            "Slow response",
            "没人理 不回复 等很久 打不通",
            (
                Branch("hotline", "电话难打通", "Hotline cannot be reached", "打不通 占线 没人接"),
                Branch("no-answer", "久未回复", "No answer", "不回复 没回音 没人联系"),
            ),
        ),
        Branch(
            "on-site",
            "上门服务",
            "On-site service",
            "上门 师傅 安装 维修",
            (
                Branch("late", "上门爽约", "Missed appointment", "爽约 没来 迟到 改时间"),
                Branch("installation", "安装不当", "Faulty installation", "安装 装错 打孔 没装好"),
                Branch("repeat-repair", "多次维修未愈", "Repaired repeatedly", "修了 又坏 多次维修 修不好"),
                Branch("damage", "损坏客户物品", "Damaged the customer's property", "弄坏 碰坏 刮花 地板"),
            ),
        ),
        Branch("mistake", "办理差错", "Handling mistake", "登记错 发错 弄错 重复"),
        Branch("privacy", "信息泄露", "Leak of personal data", "泄露 骚扰电话 隐私"),
    ),
)
LOGISTICS = Branch(
    "logistics",
    "物流延误",
    "Delivery",
    "物流 快递 送货 配送 发货",
    (
        Branch(
            "late",
            "送货超时",
            "Late delivery",
            "没送到 还没到 超时 延误 太慢 迟到",
            (
                Branch("not-shipped", "迟迟未发货", "Not shipped", "不发货 没发货 未发货"),
                Branch("in-transit", "在途停滞", "Stuck on the way", "物流不动 停滞 没更新"),
                Branch("last-mile", "派送延误", "Late on the last mile", "派送 派件 不送上门 驿站"),
            ),
        ),
        Branch("sorting", "中转错分", "Sent to the wrong place", "发错地址 送错 错分"),
        Branch("lost", "丢件少件", "Lost in transit", "丢件 丢失 少了一件 没收到"),
        Branch("damaged", "运输破损", "Damaged in transit", "破损 压坏 摔坏 包装"),
        Branch("courier", "配送人员服务", "Courier's service", "快递员 送货员 不上楼 骑手"),
    ),
)
COMMUNICATION = Branch(
    "communication",
    "沟通误解",
    "Misunderstanding",
    "误解 没说清楚 解释",
    (
        Branch("promise", "承诺未兑现", "Promise not kept", "答应 承诺 说好 没兑现"),
        Branch("instructions", "说明不清", "Unclear instructions", "说明书 看不懂 不会用 怎么用"),
        Branch("policy", "规则理解分歧", "Different reading of the rules", "规则 条款 保修 三包 七天无理由"),
        Branch("sales", "销售夸大", "Overstated by sales", "忽悠 夸大 误导 导购"),
    ),
)
PRICE = Branch(
    "price",
    "价格与费用",
    "Price and charges",
    "价格 费用 收费 钱",
    (
        Branch("charge", "收费争议", "Disputed charge", "乱收费 上门费 多收 材料费"),
        Branch("protection", "价格保护", "Price protection", "降价 价保 差价 便宜"),
        Branch("promotion", "优惠未享受", "Promotion not granted", "优惠 满减 赠品 优惠券"),
        Branch(
            "refund",
            "退款",
            "Refund",
            "退款 退钱 退货",
            (
                Branch("slow", "退款迟缓", "Slow refund", "退款慢 没退 没到账"),
                Branch("short", "退款金额不符", "Refund too small", "少退 金额不对 扣了"),
            ),
        ),
        Branch("invoice", "发票问题", "Invoice", "发票 开票 税号 抬头"),
    ),
)
EXTERNAL = Branch(
    "external",
    "外部因素",
    "Outside causes",
    "",
    (
        Branch("weather", "天气与自然灾害", "Weather and disaster", "台风 暴雨 大雪 洪水"),
        Branch("utility", "水电气条件", "Water, power and gas", "电压 停电 水压 燃气"),
        Branch("third-party", "第三方平台", "Third-party platform", "平台 商城 系统 第三方"),
        Branch("use", "使用不当", "Improper use", "自己 误用 操作"),
    ),
)
OTHER = Branch("other", "其他", "Other")

# System bugs and serious failures of service: no department solves them alone (SPEC C5).
FOR_TASK_FORCES = frozenset(
    {"quality-performance-software", "quality-safety", "service-mistake", "service-privacy", "service-on-site-damage"}
)
TREE = (QUALITY, SERVICE, LOGISTICS, COMMUNICATION, PRICE, EXTERNAL, OTHER)
