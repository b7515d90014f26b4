"""The API alone, where config mounts it."""

from django.urls import path, re_path

from yousu.api.app import api, unknown_path

urlpatterns = [path("api/v1/", api.urls), re_path(r"^api/", unknown_path)]
