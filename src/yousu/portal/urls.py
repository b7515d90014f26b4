"""门户的地址."""

from django.urls import path, re_path

from yousu.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("report/", views.report, name="report"),
    path("report/received/", views.received, name="received"),
    path("follow/", views.follow, name="follow"),
    path("follow/listed/", views.by_phone, name="listed"),
    re_path(r"^follow/(?P<number>[0-9]{10})/$", views.case, name="case"),
    re_path(r"^follow/(?P<number>[0-9]{10})/withdraw/$", views.withdraw, name="withdraw"),
    path("text-size/", views.text_size, name="text_size"),
]
