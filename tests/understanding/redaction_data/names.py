"""姓名: invented people of a city where Han, Hui, Tibetan, Mongolian, Tu and Salar live together."""

from random import Random

from tests.understanding.redaction_data.pieces import Piece

# Frequent in the province first: 马 韩 冶 祁 are written as often as 王 李 张.
SURNAMES = (
    "马韩冶祁李王张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢唐许邓冯曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任卢姚"
    "沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤温康施牛樊葛"
    "安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹欧申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛翁蓝"
    "鲍辛管蒲晁星铁沙妥仝权把晋卓仲芦"
)
DOUBLE_SURNAMES = (
    "欧阳", "上官", "司马", "诸葛", "东方", "尉迟", "司徒", "夏侯", "令狐", "慕容", "皇甫", "端木", "公孙", "长孙",
)  # fmt: skip
FEMALE = "秀兰玉英桂珍淑华丽娟敏静霞燕艳芳娜婷雪梅琴慧玲莉倩颖萍红洁蓉莲菊香翠凤月春岚馨瑶怡佳欣雨诗琪菲萱彤卉"
MALE = "伟强磊军勇杰涛超明刚平辉鹏飞斌波浩宇峰建国志文德福生海成林永庆祥贵宝山东新民忠良义松柏立邦晓俊凯睿子昊博轩泽铭"
TIBETAN_FIRST = (
    "才让", "扎西", "卓玛", "多杰", "尼玛", "拉毛", "央金", "旦增", "桑杰", "仁青", "索南", "完玛", "贡保", "更登",
    "彭毛", "南杰", "德吉", "周毛", "达娃", "洛桑", "格桑", "华旦", "三智", "项杰",
)  # fmt: skip
TIBETAN_SECOND = (
    "卓玛", "东珠", "措", "吉", "加", "多杰", "才让", "拉姆", "扎西", "本", "卓尕", "措毛", "江措", "尖措", "旺姆",
    "顿珠", "草", "太", "旦智", "项欠",
)  # fmt: skip
DOTTED_FIRST = (
    "马", "韩", "阿卜都", "古丽娜尔", "艾力", "买买提", "穆罕默德", "伊布拉", "帕提古丽", "冶", "索菲亚", "阿依古丽",
    "叶尔肯",
)  # fmt: skip
DOTTED_SECOND = (
    "尤素夫", "穆萨", "热合曼", "艾山", "伊斯玛仪", "法图麦", "海迪彻", "吐尔逊", "哈力克", "赛里木", "达吾提",
    "巴合提",
)  # fmt: skip
OTHER_WHOLE = (
    "巴特尔", "乌兰图雅", "那仁其木格", "苏和", "娜仁高娃", "布和", "哈斯巴根", "马穆萨", "马尤素", "韩阿布都",
    "马法图麦", "韩索菲", "马者麻", "冶买燕", "马一布拉", "乔伊布拉", "祁才让措", "李措毛索", "东主才让", "华青加",
)  # fmt: skip
TITLES = (
    "先生", "女士", "先生", "女士", "师傅", "老师", "医生", "经理", "主任", "大夫", "阿姨", "大爷", "校长", "院长",
    "科长", "队长", "站长", "护士长", "所长", "书记",
)  # fmt: skip


def full_name(rng: Random) -> str:
    """A whole name: mostly Han, one in six of another people."""
    roll = rng.random()
    if roll < 0.08:
        return rng.choice(TIBETAN_FIRST) + rng.choice(TIBETAN_SECOND)
    if roll < 0.12:
        return rng.choice(DOTTED_FIRST) + rng.choice("···•") + rng.choice(DOTTED_SECOND)
    if roll < 0.17:
        return rng.choice(OTHER_WHOLE)
    given = rng.choice((FEMALE, MALE))
    length = 1 if rng.random() < 0.2 else 2
    return surname(rng) + "".join(rng.choice(given) for _ in range(length))


def surname(rng: Random) -> str:
    """One surname, of two characters in one of sixteen."""
    if rng.random() < 0.06:
        return rng.choice(DOUBLE_SURNAMES)
    # The head of the list is drawn more often, as in life.
    return SURNAMES[min(int(rng.expovariate(1 / 40)), len(SURNAMES) - 1)]


def name(rng: Random) -> Piece:
    """A whole name without anything around it."""
    return Piece(full_name(rng), kind="name")


def spaced_name(rng: Random) -> Piece:
    """A name of two characters set apart by blanks, as forms print it: 张　伟."""
    given = rng.choice(FEMALE + MALE)
    return Piece(surname(rng) + rng.choice((" ", "　", "  ")) + given, kind="name")


def bare_surname(rng: Random) -> Piece:
    """A surname alone; the template puts the title after it."""
    return Piece(surname(rng), kind="name")


def title(rng: Random) -> Piece:
    """A form of address or an office, never part of the span."""
    return Piece(rng.choice(TITLES))
