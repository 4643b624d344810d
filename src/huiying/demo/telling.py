"""How a matter is told: the blanks in its words filled from this customer, this order and this day."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from huiying.cases.models import Mood
from huiying.customers.models import Order
from huiying.demo import company as anju
from huiying.demo import words
from huiying.demo.clientele import Patron
from huiying.demo.matters import Matter

CLOCK_TIMES = ("早上八点", "上午十点", "中午", "下午三点", "下午五点半", "晚上七点", "半夜两点")


class Telling:
    """One matter of one customer. Every sentence of the case draws on the same product, order and dates."""

    def __init__(self, matter: Matter, patron: Patron, random: Random, *, at: datetime) -> None:
        self.matter, self.patron, self.random, self.at = matter, patron, random, at
        self.order, self.product = self.bought()
        self.mood = self.drawn_mood()
        self.blanks = self.filled()

    def bought(self) -> tuple[Order | None, anju.Product]:
        """Return an order the matter can be about, or a product bought elsewhere."""
        fitting = [
            (order, product)
            for order, product in self.patron.orders
            if order.ordered_on < self.at.date() and (not self.matter.groups or product.group in self.matter.groups)
        ]
        if fitting and self.random.random() < 0.9:
            return self.random.choice(fitting)
        groups = self.matter.groups
        return None, self.random.choice([one for one in anju.PRODUCTS if not groups or one.group in groups])

    def drawn_mood(self) -> str:
        if self.random.random() < self.matter.heat:
            return Mood.ANGRY
        return Mood.WORRIED if self.random.random() < 0.4 * bool(self.matter.heat) else Mood.CALM

    def filled(self) -> dict[str, str]:
        random = self.random
        earlier = self.at - timedelta(days=random.randint(2, 20))
        bought = self.order.ordered_on if self.order else earlier.date()
        return {
            "short": self.product.name[-3:] if self.product.name.endswith("机器人") else short(self.product.name),
            "product": str(self.product),
            "part": random.choice(self.product.parts),
            "days": str(random.randint(3, 15)),
            "n": str(random.randint(2, 6)),
            "date": f"{bought.month}月{bought.day}号",
            "time": random.choice(CLOCK_TIMES),
            "order": self.order.number if self.order else f"JD{random.randrange(10**10, 10**11)}",
            "amount": str(random.choice((50, 80, 100, 120, 180, 200, 260, 300, 400))),
            "name": self.patron.called,
            "department": self.matter.department,
            "surname": random.choice(anju.SURNAMES),
        }

    def say(self, template: str, **more: object) -> str:
        return template.format_map({**self.blanks, **more})

    def one_of(self, templates: tuple[str, ...], **more: object) -> str:
        """Draw one of the sentences and fill it."""
        return self.say(self.random.choice(templates), **more)

    @property
    def subject(self) -> str:
        return self.one_of(self.matter.subjects)

    @property
    def wish(self) -> str:
        return self.one_of(self.matter.wishes)

    def description(self, wish: str) -> str:
        """Return the customer's words: what happened, what it did, what was tried, what is wanted."""
        random = self.random
        sentences = [self.one_of(self.matter.happened)]
        if self.matter.heat:
            if random.random() < 0.6:
                sentences.append(random.choice(anju.EFFECTS[self.product.group]))
            if random.random() < 0.6:
                sentences.append(self.one_of(words.EFFORTS))
        elif random.random() < 0.4:
            sentences.append(self.one_of(words.COOL_EFFORTS))
        if random.random() < 0.8:
            sentences.append(wish)
        return "，".join(sentences[:2]) + "。" + "".join(f"{sentence}。" for sentence in sentences[2:])


def short(name: str) -> str:
    """Return what people call it: 「对开门冰箱」 → 「冰箱」."""
    for called in (
        "冰箱",
        "冷柜",
        "洗衣机",
        "干衣机",
        "空调",
        "净化器",
        "热水器",
        "净水器",
        "油烟机",
        "燃气灶",
        "洗碗机",
    ):
        if name.endswith(called):
            return called
    return name
