"""What stands beside cases and has addresses of its own: a sample of inspection, an article of the knowledge base."""

from yousu.appeals.articles import commands as articles
from yousu.appeals.data_requests import commands as data_requests
from yousu.appeals.data_requests import queries
from yousu.appeals.inspections import commands as inspections
from yousu.ledger import log
from yousu.org.actors import Actor
from yousu.platform import clock


def sample_with(number: str) -> int:
    """A sample in which a case is."""
    inspector = Actor(code="account:somebody", roles=frozenset({"quality_inspector"}))
    today = log.local_day_of(clock.now())
    ask = inspections.Ask(sort="call", first=today, last=today, percent=100)
    return inspections.draw_sample(ask, by=inspector).number


def request_of(number: str, phone: str) -> int:
    """A request about personal data that waits for an answer."""
    waiting = queries.listed("open").first()
    if waiting is not None:
        return waiting.number
    asking = data_requests.Ask(sort="see", case=number, phone=phone)
    return data_requests.ask(asking, by=Actor(code="account:somebody", roles=frozenset({"call_taker"}))).number


def article_of(unit: str) -> str:
    """An article that a unit answers for."""
    administrator = Actor(code="account:somebody", roles=frozenset({"administrator"}))
    return articles.write_article(articles.Draft(title_zh="条目", text="答复", unit=unit), by=administrator).code
