"""地址: which door answers which address."""

from django.urls import include, path, re_path
from django.views.i18n import set_language

from yousu.api.app import api, unknown_path
from yousu.config import errors

urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api/", unknown_path),
    path("desk/", include("yousu.desk.urls")),
    path("accounts/", include("yousu.signin.urls")),
    path("language/", set_language, name="set_language"),
    path("", include("yousu.portal.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.missing
handler500 = errors.broken
# allauth asks for it when something is tried too often.
handler429 = errors.too_many
