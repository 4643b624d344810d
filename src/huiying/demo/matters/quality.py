"""Matters of quality: what breaks, leaks, hums or was never right."""

from __future__ import annotations

from huiying.demo.matters.matter import Matter, Remedy

QUALITY = "质量管理部"
SUPPORT = "技术支持部"
SERVICE = "客户服务部"
LOGISTICS = "物流部"

MATTERS = (
    Matter(
        kind="fault",
        category="quality-performance-cooling",
        weight=8,
        groups=("cold", "air"),
        subjects=("{short}不制冷", "{short}用了{days}天就不制冷", "{part}温度降不下来", "{short}制冷越来越差"),
        happened=(
            "{date}买的{product}，从{time}开始{part}就不凉了，温度显示{n}度但摸着是温的",
            "{product}装好才{days}天，{part}结了厚厚一层霜，化霜以后还是不制冷",
            "{product}开到最低温，{n}个小时了{part}还是没反应，压缩机一直在响",
            "昨天停电之后{product}就不制冷了，拔插头等了半小时也没用",
        ),
        wishes=("请尽快派师傅上门", "希望今天能有人来看看", "要求换一台新的", "请告诉我是修还是换"),
        facts=(
            "工程师上门检测：{part}回气管路有微漏，制冷剂压力偏低，已拍照留存。",
            "远程查看运行记录，{part}传感器读数持续异常；上门复测与记录一致。",
            "上门核实电压正常，{part}控制板继电器粘连，客户使用无不当之处。",
        ),
        root_causes=("焊点虚焊，批次检验未检出", "传感器来料偏差", "控制板继电器早期失效"),
        department=QUALITY,
        offers=(
            "我们为您免费更换{part}相关部件，并延长整机保修一年；食物损失按凭证补偿。",
            "为您更换同型号新机，旧机由我们上门取回，并赠送一次免费保养。",
        ),
        remedies=(
            Remedy(kind="repair", detail="更换{part}", least=80, most=260),
            Remedy(kind="extension", detail="整机保修延长一年", least=60, most=120),
            Remedy(kind="exchange", detail="更换同型号新机", share=0.9),
        ),
        actions=(("备件出库并预约上门更换{part}", SUPPORT), ("对同批次{part}做抽检", QUALITY)),
        heat=0.35,
    ),
    Matter(
        kind="fault",
        category="quality-performance-noise",
        weight=7,
        subjects=("{short}噪音太大", "{part}有异响", "{short}夜里嗡嗡响睡不着", "{short}震动厉害"),
        happened=(
            "{product}一启动{part}就咔咔响，隔着两道门都听得见",
            "新装的{product}晚上嗡嗡响，用手机测了有{n}分贝，宣传页写的是 38 分贝",
            "{product}运转的时候整个机身往外走，{part}那边像有东西松了",
            "上次师傅来垫了脚垫，管了{days}天，{part}又响了",
        ),
        wishes=("请派人来检查", "要求彻底解决，不要只垫脚垫", "修不好就退货", "希望给个说法"),
        facts=(
            "上门实测运行噪声 47 分贝，高于企业标准；拆检发现{part}固定螺钉漏装一颗。",
            "实测噪声 36 分贝，符合标准；共振来自地面不平，调平后客户确认明显改善。",
            "{part}减震胶垫老化变形，与批次记录相符。",
        ),
        root_causes=("装配漏装紧固件", "安装时未调平", "减震件材料耐久不足"),
        department=QUALITY,
        offers=(
            "免费更换{part}减震组件并重新调平，三天后我们回电确认效果。",
            "更换{part}，并补偿您来回请假的误工费用。",
        ),
        remedies=(
            Remedy(kind="repair", detail="更换{part}减震组件", least=50, most=180),
            Remedy(kind="coupon", detail="商城优惠券", least=50, most=100),
        ),
        actions=(("上门更换减震组件并调平", SUPPORT),),
    ),
    Matter(
        kind="fault",
        category="quality-performance-power",
        weight=6,
        subjects=("{short}开不了机", "{short}一插电就跳闸", "{short}用着用着自动关机", "{part}没反应"),
        happened=(
            "{product}早上还好好的，{time}再按开关就没反应了，换了插座也一样",
            "{product}一插电家里就跳闸，拔掉就好，已经试了{n}次",
            "{product}用到一半自己关机，显示代码 E{n}，说明书上查不到",
        ),
        wishes=("请尽快上门维修", "先告诉我能不能继续用，安不安全", "要求换货"),
        facts=(
            "上门检测{part}对地绝缘不足，已断电封存，更换件在途。",
            "查询代码含义为{part}通信中断，插头松动，重新插接后连续运行两小时正常。",
        ),
        root_causes=("{part}线束压接不良", "{part}受潮"),
        department=SUPPORT,
        offers=("免费更换{part}并做整机安全检测，出具检测单。",),
        remedies=(Remedy(kind="repair", detail="更换{part}及安全检测", least=60, most=220),),
        actions=(("上门更换{part}并出具检测单", SUPPORT),),
        heat=0.25,
    ),
    Matter(
        kind="complaint",
        category="quality-performance-leak",
        weight=6,
        groups=("wash", "water", "air", "kitchen"),
        subjects=("{short}漏水", "{part}接口渗水泡坏地板", "{short}漏水泡了柜子", "{short}滴水一直修不好"),
        happened=(
            "{product}的{part}一直漏水，昨晚没人在家，回来地上全是水",
            "{date}装的{product}，{part}接口渗水，楼下都找上来了",
            "{product}漏水修过{n}次，每次说修好了，过{days}天又漏",
        ),
        wishes=("要求赔偿地板损失", "要求换新并赔偿", "请今天就派人来止水", "要一个书面说明"),
        facts=(
            "上门查看{part}接口密封圈错位，漏点照片 4 张；地板受损约 3 平方米，客户提供报价单。",
            "漏水点为{part}排水软管老化，安装记录显示未按规范更换新管。",
        ),
        root_causes=("安装时密封圈未压紧", "沿用旧软管，未按规范更换"),
        department=SERVICE,
        offers=(
            "更换{part}与软管；地板按报价单据实赔付，由我们联系的施工队周末修复。",
            "更换整机，地板修复费用由我们承担，另致书面道歉。",
        ),
        remedies=(
            Remedy(kind="repair", detail="更换{part}与软管", least=60, most=200),
            Remedy(kind="refund", detail="地板修复费用", least=600, most=3200),
            Remedy(kind="apology", detail="书面道歉"),
        ),
        actions=(
            ("更换{part}并试压 24 小时", SUPPORT),
            ("核对地板报价并付款", "财务部"),
            ("安装规范回炉培训", SERVICE),
        ),
        heat=0.6,
    ),
    Matter(
        kind="fault",
        category="quality-performance-software",
        weight=5,
        groups=("small", "air", "wash"),
        subjects=("{short}连不上 App", "升级后{short}不听使唤", "{short}地图丢失", "App 里找不到{short}"),
        happened=(
            "{product}昨天自动升级之后就连不上 App 了，重置了{n}次都不行",
            "换了路由器以后{product}怎么也配不上网，提示超时",
            "{product}每次开机都要重新设置，之前存的全没了",
        ),
        wishes=("请教我怎么弄", "希望能退回旧版本", "请远程帮我看看"),
        facts=(
            "后台日志显示固件 2.3.1 在部分路由器下握手失败，已复现。",
            "客户路由器只开了 5G 频段，设备只支持 2.4G；指导后配网成功。",
        ),
        root_causes=("固件 2.3.1 兼容性缺陷", "配网说明未写明频段要求"),
        department=SUPPORT,
        offers=(
            "为您的设备推送修复固件，并由工程师电话陪您配网一次。",
            "指导您开启 2.4G 频段完成配网，并把说明书补上这一条。",
        ),
        remedies=(Remedy(kind="points", detail="会员积分 500", least=5, most=5),),
        actions=(("推送修复固件并核实在线", SUPPORT),),
        heat=0.15,
    ),
    Matter(
        kind="complaint",
        category="quality-appearance-scratch",
        weight=5,
        subjects=("新{short}拆开就有划痕", "{short}侧面凹了一块", "{short}面板掉漆", "收到的{short}像二手的"),
        happened=(
            "今天收到{product}，拆开包装{part}旁边有一道 {n} 厘米的划痕，照片已发",
            "{product}送到的时候外箱是好的，里面侧板凹进去一块，师傅说不归他管",
            "{product}才用{days}天，面板就开始掉漆",
        ),
        wishes=("要求换一台全新的", "换不了就补偿", "退货退款"),
        facts=("照片与签收时间核对一致，外箱完好，判断为出厂前磕碰。", "仓库复核同批次 20 台，发现 2 台有相同划痕。"),
        root_causes=("装箱工位泡沫缺角", "产线转运磕碰"),
        department=QUALITY,
        offers=("三天内为您换新，旧机上门取回，您不用重新打包。", "保留使用的话补偿您货款的一成，质保不变。"),
        remedies=(
            Remedy(kind="exchange", detail="更换同型号新机", share=0.5),
            Remedy(kind="refund", detail="外观折让", share=0.1),
        ),
        actions=(("换新发货并取回旧机", LOGISTICS), ("检查装箱工位", QUALITY)),
        heat=0.4,
    ),
    Matter(
        kind="complaint",
        category="quality-parts-missing",
        weight=4,
        subjects=("{short}少了配件", "箱子里没有{part}", "{short}缺安装支架", "少发遥控器"),
        happened=(
            "{product}开箱少了{part}，清单上有，箱子里翻遍了没有",
            "师傅上门安装{product}发现缺安装支架，白跑一趟，我白请半天假",
        ),
        wishes=("请马上补寄", "今天补不了就派人送来", "补偿我请假的损失"),
        facts=("调取装箱称重记录，比标准轻 0.4 千克，确认漏装。", "仓库拣货录像显示配件包未放入。"),
        root_causes=("拣货漏放，称重报警未处理",),
        department=LOGISTICS,
        offers=("今天加急补寄{part}，明天安排同一位师傅优先上门。",),
        remedies=(
            Remedy(kind="resend", detail="加急补寄{part}", least=20, most=60),
            Remedy(kind="coupon", detail="优惠券", least=30, most=60),
        ),
        actions=(("加急补寄{part}", LOGISTICS), ("预约优先安装", SERVICE)),
    ),
    Matter(
        kind="complaint",
        category="quality-safety",
        weight=2,
        groups=("water", "kitchen", "small"),
        subjects=("{short}漏电，手被电了", "{short}冒烟", "{short}充电发烫变形", "{short}面板爆裂"),
        happened=(
            "昨晚{time}用{product}的时候{part}突然冒烟，有焦糊味，赶紧拔了电",
            "洗澡的时候摸到{product}的{part}发麻，用电笔测有电",
            "{product}没人碰，面板自己炸了，玻璃碎了一地，孩子就在旁边",
        ),
        wishes=("这是安全事故，要求厂家出面", "要求检测报告和赔偿", "不处理就找 12315 和媒体"),
        facts=(
            "已请客户停用断电，工程师当天取回机器封存；现场照片 6 张，无人受伤。",
            "送检实验室拆解，{part}接线端子松动过热，绝缘层碳化。",
        ),
        root_causes=("接线端子扭矩不足导致过热", "钢化玻璃杂质自爆"),
        department=QUALITY,
        offers=("全额退款并承担检测费用，提供检测报告；赔付由此造成的损失，由部门负责人当面致歉。",),
        remedies=(
            Remedy(kind="refund", detail="全额退款", share=1.0),
            Remedy(kind="refund", detail="损失赔付", least=500, most=3000),
            Remedy(kind="apology", detail="负责人当面致歉"),
        ),
        actions=(("出具检测报告", QUALITY), ("退款与赔付", "财务部"), ("评估法律风险与对外口径", "法务部")),
        heat=0.9,
    ),
    Matter(
        kind="complaint",
        category="quality-mismatch",
        weight=3,
        subjects=("{short}与宣传不符", "怀疑是翻新机", "买的和发的不是一个型号", "容量比写的小"),
        happened=(
            "商品页写的是带除菌功能的{product}，收到的根本没有这个功能",
            "{product}的能效贴和网页上不一样，序列号查出来是{days}个月前生产的",
        ),
        wishes=("退一赔三", "换成页面上写的型号", "退货，运费你们出"),
        facts=("核对商品页历史版本，活动页图片误用了上一代的功能图。", "序列号查询为正常在库新机，能效贴为旧版样式。"),
        root_causes=("活动页图片未经产品部复核",),
        department="销售部",
        offers=("为您换成页面所示的型号，差价由我们承担，并更正页面。",),
        remedies=(
            Remedy(kind="exchange", detail="换成页面所示型号", share=0.15),
            Remedy(kind="coupon", detail="优惠券", least=100, most=200),
        ),
        actions=(("换货发货", LOGISTICS), ("更正商品页面", "销售部")),
        heat=0.5,
    ),
)
