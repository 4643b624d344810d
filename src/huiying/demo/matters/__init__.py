"""What the customers of 安居电器 come with."""

from huiying.demo.matters import asking, delivery, quality, service
from huiying.demo.matters.matter import Matter, Remedy

MATTERS: tuple[Matter, ...] = (*quality.MATTERS, *service.MATTERS, *delivery.MATTERS, *asking.MATTERS)

__all__ = ["MATTERS", "Matter", "Remedy"]
