import time
import pytest
from tests import world
from yousu.cases.verification import whole
from yousu.cases import commands as cases
from yousu.appeals import commands
from yousu.ledger import sequencer, seals, log
pytestmark = pytest.mark.django_db(transaction=True)

def test_clean():
    for _ in range(3):
        world.called_back(); world.called_back(solved=False, phone=world.ZHANG); world.recorded(phone=None, place="五四大街3号，电话15400009999")
    c=world.recorded(title="不热", place="五四大街3号")
    c=commands.correct(c.number, field="title", value="很不热", why="错字", by=world.DISPATCHER, seen=1)
    c=commands.undo(c.number, by=world.DISPATCHER, seen=2)
    c=commands.correct(c.number, field="text", value="很不热，电话15400001111", why="错字", by=world.DISPATCHER, seen=3)
    cases.unmask(c.number, fields=["name","phone","words"], purpose="回电", by=world.DISPATCHER)
    print(cases.erase(c.person_id, reason="本人申请", by=world.SECURITY))
    sequencer.drain(); seals.seal(); world.closed(); sequencer.drain(); seals.seal(); world.recorded()
    t=time.time(); r=whole.run(); print(time.time()-t)
    t=time.time(); r=whole.run(); print(time.time()-t)
    print(r.as_json())
    assert r.is_clean
    assert whole.run("1").is_clean
    print(whole.run("1"), whole.run(r.root))
