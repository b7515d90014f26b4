"""The Django app of bulletins: registers their projection, and what their maps ask of a city."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """通报."""

    name = "yousu.bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.bulletins.projection import BulletinProjection
        from yousu.figures.showing import outlines
        from yousu.ledger import projections
        from yousu.org.configuration import commands

        projections.register("bulletin", BulletinProjection())
        commands.checked_by(lambda _, after: outlines.check(after))
