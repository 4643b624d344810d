"""Look-ups that Django does not have."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.lookups import In


@models.BigAutoField.register_lookup
class Among(In):
    """`pk__among=rows`: as `in`, but PostgreSQL works the rows out first.

    An `in` beside other alternatives makes it read the whole table; a list of keys it joins to them by index.
    """

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, left_parameters = self.process_lhs(compiler, connection)
        rows, parameters = self.process_rhs(compiler, connection)
        return f"{left} = ANY(ARRAY{rows})", (*left_parameters, *parameters)
