"""Look-ups that Django does not have."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Value
from django.db.models.lookups import In


@models.Field.register_lookup
@models.ForeignKey.register_lookup  # Django keeps those apart
class Among(In):
    """`pk__among=rows`: as `in`, but PostgreSQL works the rows out first; thousands of plain values go as one array.

    An `in` beside other alternatives makes it read the whole table; a list of keys it joins to them by index. And a
    statement with a place for each value takes longer to compose than to answer.
    """

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, left_parameters = self.process_lhs(compiler, connection)
        if self.rhs_is_direct_value():
            if not self.rhs:
                raise EmptyResultSet
            return f"{left} = ANY(%s)", (*left_parameters, self.rhs)
        rows, parameters = self.process_rhs(compiler, connection)
        return f"{left} = ANY(ARRAY{rows})", (*left_parameters, *parameters)


class Written(Value):
    """A number that stands in the statement itself, not among its values.

    Whether an index pays depends on it, and a plan that PostgreSQL makes for any values does not know it.
    """

    def __init__(self, number: float) -> None:
        super().__init__(number if isinstance(number, int) else float(number))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return str(self.value), ()
