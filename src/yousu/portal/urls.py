"""门户的地址."""

from django.urls import path, re_path

from yousu.portal import bulletins, looks, overview, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("report/", views.report, name="report"),
    path("report/received/", views.received, name="received"),
    path("follow/", views.follow, name="follow"),
    path("follow/listed/", views.by_phone, name="listed"),
    re_path(r"^follow/(?P<number>[0-9]{10})/$", views.case, name="case"),
    re_path(r"^follow/(?P<number>[0-9]{10})/withdraw/$", views.withdraw, name="withdraw"),
    path("overview/", overview.overview, name="overview"),
    path("overview/<slug:chart>.csv", overview.table, name="overview_table"),
    path("bulletins/", bulletins.archive, name="bulletins"),
    path("b/<slug:bulletin_id>", bulletins.show, name="bulletin"),
    path("b/<slug:bulletin_id>/numbers", bulletins.numbers, name="bulletin_numbers"),
    path("b/<slug:bulletin_id>/pdf", bulletins.pdf, name="bulletin_pdf"),
    path("b/<slug:bulletin_id>/json", bulletins.as_json, name="bulletin_json"),
    path("looks/", looks.looks, name="looks"),
]
