"""计数理由: the codes that say why a day was counted or not, and the one table of their Chinese labels."""

from collections.abc import Mapping
from types import MappingProxyType

WORKING_DAY = "working_day"
MAKEUP = "makeup"
HOLIDAY = "holiday"
WEEKEND = "weekend"
PAUSED = "paused"
RECEIVED_AFTER_HOURS = "received_after_hours"
CALENDAR_DAY = "calendar_day"
CORRESPONDING_DAY = "corresponding_day"
HOURS_END = "hours_end"
ROLLED_OVER = "rolled_over"
BEFORE_CALENDAR = "before_calendar"

LABELS: Mapping[str, str] = MappingProxyType(
    {
        WORKING_DAY: "工作日",
        MAKEUP: "调休上班",
        HOLIDAY: "法定节假日",
        WEEKEND: "休息日",
        PAUSED: "暂停计时",
        RECEIVED_AFTER_HOURS: "下班后受理，视为次日",
        CALENDAR_DAY: "自然日",
        CORRESPONDING_DAY: "对应日",
        HOURS_END: "按小时计满",
        ROLLED_OVER: "节假日后顺延",
        BEFORE_CALENDAR: "受理早于工作日历，自交办起算",
    }
)
