"""工作台的地址: one for each page, one for each command with the same word."""

from django.urls import path

from yousu.desk import case, lists, recording, search
from yousu.desk.commands import COMMANDS

app_name = "desk"
urlpatterns = [
    path("", lists.home, name="home"),
    path("new/", recording.new, name="new"),
    path("new/caller/", recording.caller, name="caller"),
    path("mine/", lists.mine, name="mine"),
    path("inbox/", lists.inbox, name="inbox"),
    path("returns/", lists.returns, name="returns"),
    path("reviews/", lists.reviews, name="reviews"),
    path("unit/", lists.unit, name="unit"),
    path("calls/", lists.calls, name="calls"),
    path("unsolved/", lists.unsolved, name="unsolved"),
    path("cases/", search.cases, name="cases"),
    path("cases/<str:number>/", case.show, name="case"),
    path("cases/<str:number>/unmask/", case.unmask, name="unmask"),
    path("cases/<str:number>/undo/", case.undo, name="undo"),
    *(path(f"cases/<str:number>/{word}/", case.act, {"word": word}, name=word) for word in COMMANDS),
]
