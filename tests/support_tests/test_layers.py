"""What import-linter cannot say about layers."""

import ast
import sys
from pathlib import Path

SYNC = Path(__file__).parents[2] / "sync"


def test_the_protocol_needs_only_the_standard_library() -> None:
    """`sync/record/` is the exception: it holds the connectors to other systems."""
    foreign = {
        f"{path.relative_to(SYNC)}: {name}"
        for path in SYNC.rglob("*.py")
        if "record" not in path.relative_to(SYNC).parts
        for name in _imports(path)
        if name not in sys.stdlib_module_names and name != "sync"
    }
    assert foreign == set()


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names
