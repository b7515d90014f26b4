"""工作台的地址: one for each page, one for each command with the same word."""

from django.urls import path, re_path, register_converter

from yousu.desk import (
    accounts,
    articles,
    assessments,
    bulletins,
    calendars,
    call_backs,
    case,
    city_settings,
    configuration,
    data_requests,
    exports,
    figures,
    governance,
    inspections,
    instructions,
    lists,
    live,
    meetings,
    notices,
    overview,
    papers,
    parts,
    people,
    proposals,
    rates,
    recording,
    saved,
    search,
    specials,
    tasks,
    urgent,
)
from yousu.desk.commands import COMMANDS
from yousu.desk.supervision_papers import PAPERS


class CaseNumber:
    """诉求编号 in an address: digits, and nothing that a database would choke on."""

    regex = "[0-9]{10}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class Serial:
    """A number of ours in an address: one that a column of whole numbers holds."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        """As a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As it stands."""
        return str(value)


class User:
    """登录名 in an address."""

    regex = "[a-z][a-z0-9_.-]{0,39}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(CaseNumber, "case_number")
register_converter(Serial, "serial")
register_converter(User, "user")

app_name = "desk"
urlpatterns = [
    path("", lists.home, name="home"),
    path("new/", recording.new, name="new"),
    path("new/caller/", recording.caller, name="caller"),
    path("new/beside/", recording.beside, name="beside"),
    path("new/support/<case_number:number>/", recording.support, name="support_instead"),
    path("mine/", lists.mine, name="mine"),
    path("inbox/", lists.inbox, name="inbox"),
    path("returns/", lists.returns, name="returns"),
    path("extensions/", lists.extensions, name="extensions"),
    path("parked/", lists.parked, name="parked"),
    path("exclusions/", lists.exclusions, name="exclusions"),
    path("enterprise/", lists.enterprise, name="enterprise"),
    path("approvals/", lists.approvals, name="approvals"),
    path("lifts/", lists.lifts, name="lifts"),
    path("instructions/", instructions.index, name="instructions"),
    path("reviews/", lists.reviews, name="reviews"),
    path("unit/", lists.unit, name="unit"),
    path("calls/", lists.calls, name="calls"),
    path("calls/samples/", call_backs.samples, name="call_back_samples"),
    path("urgent/", urgent.index, name="urgent"),
    path("late/", lists.late, name="late"),
    path("proposals/", lists.proposals, name="proposals"),
    path("unsolved/", lists.unsolved, name="unsolved"),
    path("overview/", overview.overview, name="overview"),
    path("overview/<slug:chart>.csv", overview.table, name="overview_table"),
    path("rates/", rates.rates, name="rates"),
    path("rates/table.<slug:suffix>", rates.table, name="rates_table"),
    path("figures/<slug:figure>/", figures.figure, name="figure"),
    path("bulletins/", bulletins.index, name="bulletins"),
    path("bulletins/<slug:bulletin_id>/", bulletins.show, name="bulletin"),
    path("bulletins/<slug:bulletin_id>/numbers/", bulletins.numbers, name="bulletin_numbers"),
    path("bulletins/<slug:bulletin_id>/pdf/", bulletins.pdf, name="bulletin_pdf"),
    path("bulletins/<slug:bulletin_id>/docx/", bulletins.docx, name="bulletin_docx"),
    re_path(
        r"^bulletins/(?P<bulletin_id>[-a-z0-9]+)/(?P<word>compose|review|sign|freeze|publish)/$",
        bulletins.step,
        name="bulletin_step",
    ),
    path("articles/", articles.index, name="articles"),
    path("articles/new/", articles.write, name="article_new"),
    path("articles/<slug:code>/", articles.show, name="article"),
    path("articles/<slug:code>/revise/", articles.revise, name="article_revise"),
    path("articles/<slug:code>/confirm/", articles.confirm, name="article_confirm"),
    path("articles/<slug:code>/withdraw/", articles.withdraw, name="article_withdraw"),
    path("inspections/", inspections.index, name="inspections"),
    path("inspections/draw/", inspections.draw, name="inspection_draw"),
    path("inspections/results/", inspections.results, name="inspection_results"),
    path("inspections/cases/", inspections.behind, name="inspected_behind"),
    path("inspections/mine/", inspections.mine, name="inspected_mine"),
    path("inspections/<serial:number>/", inspections.sample, name="inspection"),
    path("inspections/<serial:number>/<case_number:case>/", inspections.inspected, name="inspected"),
    path("inspections/<serial:number>/<case_number:case>/score/", inspections.score, name="inspected_score"),
    path("inspections/<serial:number>/<case_number:case>/object/", inspections.object, name="inspected_object"),
    path("inspections/<serial:number>/<case_number:case>/judge/", inspections.judge, name="inspected_judge"),
    path("assessments/", assessments.index, name="assessments"),
    path("assessments/<slug:assessment_id>/", assessments.show, name="assessment"),
    path("assessments/<slug:assessment_id>/numbers/", assessments.numbers, name="assessment_numbers"),
    path("assessments/<slug:assessment_id>/object/", assessments.object_to, name="assessment_object"),
    path("assessments/<slug:assessment_id>/judge-objection/", assessments.judge, name="assessment_judge"),
    re_path(
        r"^assessments/(?P<assessment_id>[-a-z0-9]+)/(?P<word>compose|show|freeze)/$",
        assessments.step,
        name="assessment_step",
    ),
    path("governance/", governance.index, name="governance"),
    path("governance/new/", governance.new, name="governance_new"),
    path("governance/<serial:number>/", governance.show, name="governance_task"),
    path("governance/<serial:number>/numbers/", governance.numbers, name="governance_numbers"),
    *(
        path(f"governance/<serial:number>/{word}/", governance.step, {"word": word}, name=f"governance-{word}")
        for word in governance.WORDS
    ),
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/call/", meetings.call, name="meeting_call"),
    path("meetings/<serial:number>/", meetings.show, name="meeting"),
    path("meetings/<serial:number>/numbers/", meetings.numbers, name="meeting_numbers"),
    path("meetings/<serial:number>/paper/", meetings.paper, name="meeting_paper"),
    *(
        path(f"meetings/<serial:number>/{word}/", meetings.step, {"word": word}, name=f"meeting-{word}")
        for word in meetings.STEPS
    ),
    path("specials/", specials.index, name="specials"),
    path("specials/new/", specials.new, name="special_new"),
    path("specials/<serial:number>/", specials.show, name="special"),
    path("specials/<serial:number>/edit/", specials.edit, name="special_edit"),
    path("specials/<serial:number>/numbers/", specials.numbers, name="special_numbers"),
    path("specials/<serial:number>/paper/", specials.paper, name="special_paper"),
    *(
        path(f"specials/<serial:number>/{word}/", specials.step, {"word": word}, name=f"special-{word}")
        for word in specials.STEPS
    ),
    path("tasks/", tasks.index, name="tasks"),
    path("tasks/<serial:number>/", tasks.show, name="task"),
    *(path(f"tasks/<serial:number>/{word}/", tasks.step, {"word": word}, name=f"task-{word}") for word in tasks.STEPS),
    path("notices/", notices.index, name="notices"),
    path("notices/read/", notices.read, name="notices_read"),
    path("notices/sent/", notices.sent, name="notices_sent"),
    path("requests/", data_requests.index, name="data_requests"),
    path("requests/new/", data_requests.new, name="data_request_new"),
    path("requests/<serial:number>/", data_requests.show, name="data_request"),
    path("requests/<serial:number>/grant/", data_requests.grant, name="data_request_grant"),
    path("requests/<serial:number>/refuse/", data_requests.refuse, name="data_request_refuse"),
    path("requests/<serial:number>/file/", data_requests.fetch, name="data_request_fetch"),
    path("live/", live.live, name="live"),
    path("parts/", parts.parts, name="parts"),
    path("people/", accounts.index, name="accounts"),
    path("people/new/", accounts.new, name="account_new"),
    path("people/<user:user>/", accounts.show, name="account"),
    *(
        path(f"people/<user:user>/{word}/", accounts.change, {"word": word}, name=f"account-{word}")
        for word in ("roles", "email", "block", "unblock", "reset")
    ),
    path("configuration/", configuration.index, name="configuration"),
    path("configuration/calendar/", calendars.calendar, name="calendar"),
    path("configuration/calendar/rows/", configuration.table, {"table": "calendar"}, name="calendar_rows"),
    path("configuration/settings/", city_settings.index, name="city_settings"),
    path("configuration/settings/change/", city_settings.change, name="city_setting"),
    path("configuration/<slug:table>/", configuration.table, name="configuration_table"),
    path("configuration/<slug:table>/new/", configuration.new, name="configuration_new"),
    path("configuration/<slug:table>/row/", configuration.row, name="configuration_row"),
    path("configuration/<slug:table>/remove/", configuration.remove, name="configuration_remove"),
    path("configuration/<slug:table>/history/", configuration.history, name="configuration_history"),
    path("cases/", search.cases, name="cases"),
    path("cases/find/", search.find, name="find"),
    path("cases/person/", people.person, name="person"),
    path("cases/export/", exports.export, name="export"),
    path("cases/saved/", saved.save, name="save"),
    path("cases/saved/remove/", saved.remove, name="save_remove"),
    path("cases/<case_number:number>/", case.show, name="case"),
    path("cases/<case_number:number>/unmask/", case.unmask, name="unmask"),
    path("cases/<case_number:number>/order/", papers.order, name="order"),
    *(
        path(f"cases/<case_number:number>/papers/{word}/", papers.supervision, {"word": word}, name=f"paper-{word}")
        for word in PAPERS
    ),
    path("cases/<case_number:number>/letter/", papers.letter, name="letter"),
    path("cases/<case_number:number>/check-reply/", case.check_reply, name="check_reply"),
    path("cases/<case_number:number>/take/", proposals.take, name="take"),
    path("cases/<case_number:number>/undo/", case.undo, name="undo"),
    *(path(f"cases/<case_number:number>/{word}/", case.act, {"word": word}, name=word) for word in COMMANDS),
]
