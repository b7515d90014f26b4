"""Articles as they stand; the streams `article/<code>` are their truth."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class ArticleNow(models.Model):
    """条目现状: the whole state, its words, and what it is found by."""

    code = models.TextField(primary_key=True)
    number = models.IntegerField(unique=True)
    version = models.IntegerField()
    state = models.JSONField()
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    text = models.TextField()
    # As pairs of sort and words, in the writer's order.
    sources = models.JSONField(default=list)
    categories = ArrayField(models.TextField(), default=list)
    # The categories and every class above them.
    branches = ArrayField(models.TextField(), default=list)
    # Pairs of neighbouring characters of title and text, as understanding.overlap takes them.
    pairs = ArrayField(models.TextField(), default=list)
    unit = models.TextField(null=True)  # noqa: DJ001 - nobody's is not an empty unit
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    is_public = models.BooleanField()
    is_withdrawn = models.BooleanField()

    class Meta:
        db_table = "article_now"
        indexes = (
            GinIndex(fields=["branches"], name="article_branches"),
            GinIndex(fields=["pairs"], name="article_pairs"),
            models.Index(fields=["unit", "valid_until"], name="article_unit"),
        )

    def __str__(self) -> str:
        return self.code
