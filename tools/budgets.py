"""Hold the sizes that keep code readable: functions, modules, templates, parameters. Prints what is beyond; code 1."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTION, TEST_FUNCTION, MODULE, TEMPLATE, PARAMETERS = 40, 30, 400, 120, 6
Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> int:
    beyond = [*python_beyond(), *templates_beyond()]
    for line in beyond:
        sys.stdout.write(f"{line}\n")
    return 1 if beyond else 0


def python_beyond() -> Iterator[str]:
    for folder in ("src", "tests", "tools", "bench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from module_beyond(path, is_test="tests" in path.parts)


def module_beyond(path: Path, *, is_test: bool) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    if (lines := text.count("\n")) > MODULE:
        yield f"{name}: {lines} lines, a module has at most {MODULE}"
    for function in ast.walk(ast.parse(text)):
        if isinstance(function, Function):
            yield from function_beyond(function, str(name), is_test=is_test)


def function_beyond(function: Function, name: str, *, is_test: bool) -> Iterator[str]:
    where = f"{name}:{function.lineno} {function.name}"
    limit = TEST_FUNCTION if is_test else FUNCTION
    if (lines := (function.end_lineno or 0) - function.lineno + 1) > limit:
        yield f"{where}: {lines} lines, a {'test ' if is_test else ''}function has at most {limit}"
    given = function.args
    if not is_test and (count := len(given.posonlyargs + given.args + given.kwonlyargs)) > PARAMETERS:
        yield f"{where}: {count} parameters, a function has at most {PARAMETERS}"


def templates_beyond() -> Iterator[str]:
    for path in sorted((ROOT / "src").rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"} and (lines := path.read_text(encoding="utf-8").count("\n")) > TEMPLATE:
            yield f"{path.relative_to(ROOT)}: {lines} lines, a template has at most {TEMPLATE}"


if __name__ == "__main__":
    sys.exit(main())
