"""脱敏评测集: labelled appeals by which any redactor is judged, made from a seed; every person in them is invented.

A text is a call-taker's note, a web letter, a chat message or a filled form, about wages, heating, parking, noise,
property management, schools, medical care and the like, with full-width, half-width, mixed or no punctuation, blanks,
line breaks and emoji. A third of the texts hold no personal data. `Sample.found` holds the personal data, in order
and never overlapping; `Sample.decoys` marks hard negatives (their kind is the sort of trap), in more than half of
the texts; what is in neither is ordinary text, and a redactor that touches it is wrong as well.

A cue word (电话, 身份证号, 车牌, 我叫 …), its colon, brackets put round the whole and the punctuation after it are
never part of a span. Separators inside a datum are. What each kind covers:

phone         Mobile numbers of eleven digits, bare (13812345678) or in groups (138 1234 5678, 138-1234-5678, also
              3-3-5 and 4-3-4; blank, double blank, hyphen, full-width hyphen, en dash or dot); with the country code
              (+86, 86-, 0086, (+86), ＋86), which the span includes; in full-width digits. Fixed numbers with area
              code (0971-1234567, 0971 1234567, 09711234567, (0971)1234567, （0971）…; hyphen, full-width hyphen or em
              dash), whose brackets the span includes, and of the own city with seven digits after 座机 (6123456,
              612-3456). No cue is needed except for the last. Two numbers after each other (、 / 或者) are two spans.
              Every fixed number counts, a firm's as well: nothing in its shape tells whose it is.
              Not: 12345, 110, 114, 119, 120, 122, 95598 and other short numbers; 400 and 800 numbers; senders of text
              messages (1069…, 1065…); 验证码; the last four digits (尾号5678).
id_card       Eighteen characters with the right check character (X or x at the end), bare, grouped 6-8-4 with blanks
              or hyphens, or full-width, with or without a cue. After a cue (身份证, 公民身份号码, 证件号码) also with
              a wrong check character: the note-taker's slip does not make it less personal. Fifteen digits only after
              a cue.
              Not: a number of that shape with an impossible date or a wrong check digit, called an order, contract or
              transaction number; any other 15 digits.
bank_card     16 to 19 digits that satisfy the Luhn check, bare or in fours (blank or hyphen), or full-width.
              Not: numbers of orders, contracts, meters, receipts, parcels and devices; none of them satisfies Luhn.
plate         Province, letter, five or (new energy) six characters; after the letter nothing, ·, •, a blank or a
              hyphen; any province; lower case; full-width; with 学 or 挂 at the end, which the span includes.
              Not: part of one (青A开头, 青H牌照, 尾号5和0).
email         Local part, @ or ＠, host; also in capitals. The stop after it is outside.
              Not: addresses at a host under gov.cn, which are public; @所有人; web addresses.
wechat        The id after 微信, 微信号, 微信ID, vx, wx (any case), V信, 薇信, 加V, weixin, with or without colon or
              是; the id alone. A mobile number after such a cue is the id too (but 微信同号 announces a telephone).
              Not: such words without a cue; public accounts (公众号…, 微信公众号…); app names, passwords, models;
              微信支付, 微信群, 微信转账, vx聊天记录.
name          The whole name (Han with a surname of one or two characters and a given name of one or two; Hui and
              Uyghur names with ·, which the span includes; Tibetan and Mongolian names) without title, where a cue
              says so: 我叫, 名字叫, 叫, 我是, 本人(叫), 姓名, 联系人, 来电人, 投诉人, 被投诉人, 反映人, 举报人,
              申请人, 经办人, 当事人, 业主, 房东, 负责人, 留言人, 诉求人, 法定代表人, 法人代表, 收款人, 户名, 欠款人,
              车主, 包工头叫, 市民, 父亲, 署名; before or after a title (王秀兰老师, 主治医生王秀兰); alone on the
              last lines after 此致敬礼. A blank inside (张　伟) is inside the span. A surname alone is a name where a
              title follows at once (先生 女士 师傅 老师 医生 大夫 经理 主任 阿姨 大爷 校长 院长 科长 队长 站长 护士长
              所长 书记; with a whole name also 同志: of 何先生, 马师傅, 欧阳女士 the span is 何, 马, 欧阳; the title
              stays) or 姓 stands before it (我姓周, 老板姓马, 免贵姓李). Officials and employees count like everybody
              else. 老张 and 小李 do not occur.
              Not: titles and offices without a name (物业经理, 社区主任, 马坊街道主任, 万达广场经理部, 安装师傅,
              高级教师); cues without a name (我叫了出租车, 联系人电话, 业主高度关注, 当事人不愿 …); places and firms
              with a surname inside (王府井, 张家湾村, 高新区, 李家墩, 白云路, 康师傅方便面, 李先生牛肉面,
              马师傅拉面馆); words that begin like a surname (方便面, 马上, 何时, 余额).
house_number  What leads to a home below the estate's or street's name: at least two of building (号楼 栋 幢 # 座 号院
              号), unit and room, together with everything between (3号楼2单元501室, 3号楼 2单元 501室, 12-3-502,
              5栋1203, 14号院3单元, B座1206室, 2单元501, 25号楼1单元六楼东户, 三号楼二单元五零一); full-width digits;
              12-502 after 住, 住在 or 房号; a room alone after 住, 家住, 楼上, 楼下, 隔壁, 对门 (501室, 602户); a
              village house (三社26号, 2组17号). Estate, street and village name are outside, and so is the street's
              number before the building (黄河路18号|2号楼1单元301).
              Not: a street number alone (五四大街42号), one level alone (3号楼, 2单元, 14号院), several buildings
              (3号楼、4号楼, 3-5号楼), storeys, bus lines, school classes, gates, parking spaces, offices, wards,
              counters, dates.

Dates, times, amounts, shares, articles of law, case numbers, credit codes and verdicts are negatives everywhere.
"""

from collections.abc import Iterator
from random import Random

from tests.understanding.redaction_data.composing import compose
from tests.understanding.redaction_data.pieces import KINDS, Sample, Span
from tests.understanding.redaction_data.scoring import Found, score

__all__ = ["KINDS", "Found", "Sample", "Span", "score", "texts"]


def texts(count: int = 2000, seed: int = 12345) -> Iterator[Sample]:
    """评测文本: the same samples for the same seed; a smaller count gives the beginning of a larger one."""
    for number in range(count):
        yield compose(Random(f"{seed}:{number}"))
