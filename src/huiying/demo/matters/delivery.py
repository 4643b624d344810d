"""Matters of delivery."""

from __future__ import annotations

from huiying.demo.matters.matter import Matter, Remedy

LOGISTICS, SERVICE = "物流部", "客户服务部"

MATTERS = (
    Matter(
        kind="complaint",
        category="logistics-late-last-mile",
        weight=9,
        subjects=("{short}说好送到一直没到", "派送{days}天不上门", "{short}迟迟不送货", "改了三次送货时间"),
        happened=(
            "{date}订的{product}，物流显示派送中已经{days}天，一直没人联系",
            "订单{order}说{date}送到，请了一天假，{time}说送不了，明天再说",
            "师傅说没电梯不送上楼，{product}现在还放在小区门口",
        ),
        wishes=("今天必须送到", "给个准确时间", "送货上楼，不加钱", "再不送就退款"),
        facts=(
            "{order} 在城北站点滞留，因站点换车未装车；站长已确认今日首批派送。",
            "派送员未联系客户即标记“改约”，通话记录为零。",
        ),
        root_causes=("站点换车衔接不畅", "派送员虚假改约"),
        department=LOGISTICS,
        offers=("今天 18 点前送货入户（含上楼），逾期每天补偿 50 元，由我全程跟踪并给您报进度。",),
        remedies=(
            Remedy(kind="coupon", detail="延误补偿券", least=50, most=150),
            Remedy(kind="refund", detail="误工补偿", least=0, most=200),
        ),
        actions=(("专车派送并入户", LOGISTICS), ("虚假改约追责", LOGISTICS)),
        heat=0.55,
    ),
    Matter(
        kind="complaint",
        category="logistics-late-not-shipped",
        weight=5,
        subjects=("付款{days}天没发货", "{short}迟迟不发货", "说现货其实没货", "预售一拖再拖"),
        happened=(
            "{date}付款买的{product}，页面写 48 小时发货，{days}天了还是待发货",
            "客服先说缺货，又说在调货，订单{order}到底发不发",
        ),
        wishes=("立即发货", "不发就退一赔三", "给出准确发货时间"),
        facts=("该型号华东仓缺货，系统库存未同步，已从武汉仓调拨 40 台。",),
        root_causes=("库存同步延迟导致超卖",),
        department=LOGISTICS,
        offers=("今天从武汉仓加急发出，预计三天到；延迟补偿 100 元券。", "为您免费升级为同价位现货型号，明天发出。"),
        remedies=(Remedy(kind="coupon", detail="延迟补偿券", least=50, most=100),),
        actions=(("调拨加急发货", LOGISTICS),),
        heat=0.45,
    ),
    Matter(
        kind="complaint",
        category="logistics-damaged",
        weight=5,
        subjects=("{short}运输压坏", "外箱破损里面碎了", "收到{short}变形", "玻璃门碎了"),
        happened=(
            "{product}送来外箱就是烂的，打开{part}裂了，师傅让先签收",
            "订单{order}的{short}门碎了一地，差点扎到孩子",
        ),
        wishes=("马上换新", "退货退款", "赔偿并道歉"),
        facts=("签收照片显示外箱贯穿破损；中转站监控可见堆码倒塌。",),
        root_causes=("中转站堆码过高", "护角强度不足"),
        department=LOGISTICS,
        offers=("48 小时内换新送到，旧机由我们取走；因破损给您补偿 100 元。",),
        remedies=(
            Remedy(kind="resend", detail="换新重发", share=0.6),
            Remedy(kind="refund", detail="破损补偿", least=100, most=100),
        ),
        actions=(("换新重发", LOGISTICS), ("向承运商索赔", "财务部"), ("改进护角", "质量管理部")),
        heat=0.5,
    ),
    Matter(
        kind="complaint",
        category="logistics-lost",
        weight=2,
        subjects=("显示签收但没收到", "{short}丢了", "少送一件"),
        happened=(
            "订单{order}显示{date}已签收，家里根本没人收过{product}",
            "买了两台{short}只送来一台，说另一台找不到了",
        ),
        wishes=("查监控", "重新发货", "退款"),
        facts=("签收底单签名与客户不符，派送员承认放在快递柜旁未通知。", "承运商确认丢失，已启动理赔。"),
        root_causes=("未经客户同意放置", "分拨中心丢失"),
        department=LOGISTICS,
        offers=("今天为您重新发货并由专人护送到户，丢失由我们与承运商处理。",),
        remedies=(Remedy(kind="resend", detail="重新发货", share=0.7),),
        actions=(("重新发货", LOGISTICS), ("承运商理赔", "财务部")),
        heat=0.55,
    ),
    Matter(
        kind="complaint",
        category="logistics-courier",
        weight=3,
        subjects=("送货员不上楼还骂人", "搬运收了{amount}元", "送货员态度差"),
        happened=(
            "送{product}的师傅到了楼下打电话说“自己下来搬”，说他两句就骂人",
            "送货到六楼硬要{amount}元搬运费，不给就放楼下走人",
        ),
        wishes=("退还搬运费", "要求道歉", "处理这个送货员"),
        facts=("订单含送货入户服务，不应另收搬运费；派送员为外包人员，录音属实。",),
        root_causes=("外包派送员不了解入户标准",),
        department=LOGISTICS,
        offers=("搬运费今天退还，由站长带派送员登门致歉。",),
        remedies=(
            Remedy(kind="refund", detail="退还搬运费", least=50, most=200),
            Remedy(kind="apology", detail="站长登门致歉"),
        ),
        actions=(("退还搬运费并登门致歉", LOGISTICS),),
        heat=0.65,
    ),
    Matter(
        kind="complaint",
        category="external-weather",
        weight=1,
        subjects=("台风天{short}泡水", "暴雨后外机不转", "大雪堵路送不到"),
        happened=(
            "台风过后{product}外机进水不转了，保险说要厂家的检测",
            "大雪封路，{product}已经晚了{days}天，理解但要个准话",
        ),
        wishes=("请出检测意见", "能否优惠维修", "给个时间"),
        facts=("上门确认外机被积水浸泡超过 20 厘米，属不可抗力。",),
        root_causes=("极端天气",),
        department=SERVICE,
        offers=("提供检测意见供您理赔，维修人工免费，材料按成本价。",),
        remedies=(Remedy(kind="repair", detail="免人工费维修", least=80, most=200),),
        actions=(("出具检测意见并维修", "技术支持部"),),
        heat=0.2,
    ),
)
