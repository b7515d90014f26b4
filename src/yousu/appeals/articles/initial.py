"""初始条目: what the city's file brings in at set-up. From then on the base is its own truth; the file only adds."""

from django.db import connection, transaction

from yousu.appeals.articles import commands
from yousu.appeals.articles.commands import Draft
from yousu.appeals.articles.models import ArticleNow
from yousu.org.actors import SYSTEM
from yousu.org.city import Article, city

_LOCK = 0x59_6F_75_41


def bring_in() -> None:
    """Writes the city's articles that no stream stands for yet, under the codes that answers cite. Repeatable."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Two set-ups at once: the second finds what the first has written.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        known = set(ArticleNow.objects.values_list("code", flat=True))
        for article in city().articles.values():
            if article.code not in known:
                content, new = commands.content_of(_draft(article))
                commands.begin(article.code, commands.next_number(), content, new=new, by=SYSTEM)


def _draft(article: Article) -> Draft:
    # What has expired comes in, too: an answer of its day may cite it.
    return Draft(
        title_zh=article.title_zh,
        title_en=article.title_en,
        text=article.text,
        categories=(article.category,) if article.category else (),
        sources=(("document", article.source),) if article.source else (),
        unit=article.unit,
        valid_until=article.valid_until,
        is_public=article.is_public,
    )
