"""The Django app of bulletins: registers their projection."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """通报."""

    name = "yousu.bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.bulletins.projection import BulletinProjection
        from yousu.ledger import projections

        projections.register("bulletin", BulletinProjection())
