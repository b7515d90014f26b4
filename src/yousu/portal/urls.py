"""门户的地址."""

from django.urls import path, re_path

from yousu.portal import answers, bulletins, follow_pages, looks, overview, own_data, report_pages, solved_pages, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("report/", report_pages.report, name="report"),
    path("report/received/", report_pages.received, name="received"),
    path("report/supported/", report_pages.supported, name="supported"),
    path("report/places/", report_pages.places, name="places"),
    path("follow/", follow_pages.follow, name="follow"),
    path("follow/listed/", follow_pages.by_phone, name="listed"),
    path("follow/joined/", follow_pages.of_supporter, name="joined"),
    re_path(r"^follow/(?P<number>[0-9]{10})/$", follow_pages.case, name="case"),
    re_path(r"^follow/(?P<number>[0-9]{10})/correct/$", follow_pages.correct, name="correct"),
    re_path(r"^follow/(?P<number>[0-9]{10})/withdraw/$", follow_pages.withdraw, name="withdraw"),
    re_path(r"^follow/(?P<number>[0-9]{10})/call-back/$", follow_pages.call_back, name="call_back"),
    re_path(r"^follow/(?P<number>[0-9]{10})/attach/$", follow_pages.attach, name="attach"),
    re_path(r"^follow/(?P<number>[0-9]{10})/files/(?P<file_id>[0-9a-f-]{36})/$", follow_pages.file, name="file"),
    re_path(r"^solved/(?P<number>[0-9]{10})/(?P<token>[A-Za-z0-9]{1,20})/$", solved_pages.solved, name="solved"),
    re_path(r"^follow/(?P<number>[0-9]{10})/data/$", own_data.own_data, name="own_data"),
    re_path(r"^follow/(?P<number>[0-9]{10})/data/(?P<which>[0-9]{1,9})/file/$", own_data.fetch, name="own_data_fetch"),
    path("answers/", answers.answers, name="answers"),
    path("privacy/", views.privacy, name="privacy"),
    path("overview/", overview.overview, name="overview"),
    path("overview/<slug:chart>.csv", overview.table, name="overview_table"),
    path("bulletins/", bulletins.archive, name="bulletins"),
    path("b/<slug:bulletin_id>", bulletins.show, name="bulletin"),
    path("b/<slug:bulletin_id>/numbers", bulletins.numbers, name="bulletin_numbers"),
    path("b/<slug:bulletin_id>/pdf", bulletins.pdf, name="bulletin_pdf"),
    path("b/<slug:bulletin_id>/docx", bulletins.docx, name="bulletin_docx"),
    path("b/<slug:bulletin_id>/json", bulletins.as_json, name="bulletin_json"),
    path("looks/", looks.looks, name="looks"),
]
