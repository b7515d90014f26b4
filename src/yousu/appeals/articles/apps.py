"""The Django app of the knowledge base: registers its projection, and what a set-up brings in."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """知识库."""

    name = "yousu.appeals.articles"
    label = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from yousu.appeals.articles.initial import bring_in
        from yousu.appeals.articles.projection import ArticleProjection
        from yousu.ledger import projections
        from yousu.org import install

        projections.register("article", ArticleProjection())
        install.afterwards(bring_in)
