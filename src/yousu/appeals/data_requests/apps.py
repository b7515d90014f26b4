"""The Django app of requests about personal data: registers its projection."""

from django.apps import AppConfig


class DataRequestsConfig(AppConfig):
    """个人信息请求."""

    name = "yousu.appeals.data_requests"
    label = "data_requests"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.appeals.data_requests.projection import DataRequestProjection
        from yousu.appeals.data_requests.queries import persons_with_open
        from yousu.cases import retention
        from yousu.ledger import projections

        projections.register("request", DataRequestProjection())
        # Who waits for an answer must still be reachable.
        retention.keep_also(persons_with_open)
