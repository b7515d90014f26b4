import pytest
@pytest.mark.django_db
def test_a():
    from yousu.ledger import log
    assert log.installation()
@pytest.mark.django_db(transaction=True)
def test_b():
    from yousu.ledger import log
    assert log.installation()
@pytest.mark.django_db(transaction=True)
def test_c():
    from yousu.ledger import log
    log.installation.cache_clear()
    assert log.installation()
