"""Reading the tables that people really send, row by row, and giving back the rows that could not be used."""

from .reading import Cell, Line, Table, open_table
from .writing import write_lines

__all__ = ["Cell", "Line", "Table", "open_table", "write_lines"]
