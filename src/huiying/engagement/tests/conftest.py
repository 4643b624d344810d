"""Who hands over, and what: 方总 heads the sales department, 林经理 leaves it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils.timezone import now

from conftest import headed, person
from huiying.cases import actions as cases
from huiying.cases.tests.lodging import lodge
from huiying.customers.models import Tier
from huiying.engagement.actions.need import NeedDraft, add_need
from huiying.engagement.models import Interaction
from huiying.engagement.tests.test_pool import entered
from huiying.staff.starter import HEAD


@pytest.fixture
def leaving(town, actor):
    """林经理 looks after 张敏, a VIP, and two more, with a need and an open case."""
    vip = entered("恒通集团", owner=town.lin, tier=Tier.VIP, special_requirements="只在上午联系")
    other = entered("北岸设计", owner=town.lin)
    Interaction.objects.create(customer=vip, at=now(), content="谈了续约", next_step="寄合同", owner=town.lin)
    add_need(vip, NeedDraft(title="扩容"), by=actor(town.lin), at=now())
    case = lodge(town.wang, team=town.first_team, caller=cases.Caller(customer=vip))
    return vip, other, case


@pytest.fixture
def fang(town):
    """方总 heads the sales department, to which 林经理 belongs."""
    return headed(town.sales, person("fang", "方总", HEAD, town.sales))


@pytest.fixture
def as_fang(fang, sign_in):
    return sign_in(fang)


@pytest.fixture
def asked(town):
    def asked_(*people, kinds=("customers", "needs"), **more):
        return {"key": uuid4(), "kinds": kinds, "successors": [one.pk for one in people], "reason": "离职", **more}

    return asked_
