"""Writes the pages of docs/reference that the code itself tells: the command line and the Python names.

    python docs/generate.py            write them
    python docs/generate.py --check    say which are not as the code is, and exit with 1

The command line is read off the commands' own help, the Python names off their docstrings. Nothing is
imported for the latter, so the pages are the same whether an integration's library is installed or not.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"

_GENERATED = "<!-- Written by docs/generate.py from the code; change it there. -->"

_CLI_HEAD = """# Command line

Every command has `--help`, which says the same as this page. [Shell completion](../how-to/completion.md) is
installed by `clean --install-completion`.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | done, but a record or a verdict failed; it is named |
| 2 | nothing was done: the command can't be carried out |
| 130, 143 | interrupted (Ctrl-C), terminated |
| 141 | nobody read the output any more |

`clean PATH…` is short for `clean run PATH…`. A file called like a command is given as `./check`.
"""

_PYTHON_HEAD = """# Python

Everything under [Names](#names) is imported from `cleaner`: `from cleaner import clean, Policy`. Offsets are
code points of the source text. Values never change once made; they can be pickled and shared between threads.
"""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Clean": ("clean", "Cleaner", "Document", "Line", "Fact"),
    "What comes out": ("Result", "Removal", "Suspect", "rebuild"),
    "What is cut": ("Policy", "Certainty", "Kind"),
    "Outlets of your own": ("Outlet", "Detector", "View", "Claim"),
    "What a dump proves": ("Ledger",),
    "Errors": ("CleanerError", "PackError", "OutletError", "LedgerError"),
}
"""All names of the package, in the order of the page."""

INTEGRATIONS: Mapping[str, tuple[str, ...]] = {
    "scrapy": ("CleanPipeline", "clean_response"),
    "pandas": ("cleaned", "audited"),
    "polars": ("cleaned", "audited"),
    "datasets": ("clean_batch",),
    "datatrove": ("CleanFormatter", "audit_as_json"),
    "audit": ("audit", "removals_of"),
}
"""The modules below `cleaner.integrations` and what they are used for."""


def pages() -> dict[Path, str]:
    """The text of every generated page."""
    return {PAGES / "cli.md": cli_page(), PAGES / "python.md": python_page()}


def cli_page() -> str:
    """The command line, from the commands' help."""
    import typer.main

    from cleaner.cli import app

    group: Any = typer.main.get_command(app)
    sections = [section for name in group.list_commands(None) for section in _command(group, f"clean {name}")]
    return _page([_CLI_HEAD, *sections])


def _command(group: Any, path: str) -> Iterator[str]:
    command = group.get_command(None, path.split()[-1])
    yield f"## {path}"
    yield _prose(command.help)
    parts = getattr(command, "commands", None)
    if parts:
        for name in parts:
            yield from _command(command, f"{path} {name}")
        return
    own = [parameter for parameter in command.params if parameter.name != "help"]
    arguments = [parameter for parameter in own if parameter.param_type_name == "argument"]
    options = [parameter for parameter in own if parameter.param_type_name == "option"]
    words = " ".join([path, "[OPTIONS]", *map(_argument, arguments)])
    yield f"```text\n{words}\n```"
    for panel in dict.fromkeys([None, *(option.rich_help_panel for option in options)]):
        if panel:
            yield f"*{panel}*"
        shown = [option for option in options if option.rich_help_panel == panel]
        yield "\n".join(map(_item, shown if panel else [*arguments, *shown]))
    yield from _epilog(command.epilog)


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    name = name.removesuffix("…").strip("[]")
    many = "…" if parameter.nargs == -1 else ""
    return f"{name}{many}" if parameter.required else f"[{name}{many}]"


def _item(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    if parameter.param_type_name == "argument":
        names = f"`{_argument(parameter)}`"
    elif parameter.metavar and not getattr(parameter, "is_flag", False):
        names += f" `{parameter.metavar}`"
    told = [_prose(parameter.help)]
    if parameter.required and parameter.param_type_name == "option":
        told.append("Required.")
    flag = getattr(parameter, "is_flag", False)
    if not flag and parameter.show_default and parameter.default is not None and str(parameter.default):
        told.append(f"Default: `{parameter.default}`.")
    if getattr(parameter, "multiple", False) and "several times" not in parameter.help:
        told.append("Can be given several times.")
    return f"- {names}: {' '.join(told)}"


# What begins a paragraph that is a command: the command, one that feeds it, or the hours of a crontab.
_EXAMPLE = re.compile(r"(?:clean|zcat|cat) |(?:[\d*]+ ){5}")


def _epilog(text: str | None) -> Iterator[str]:
    commands: list[str] = []
    for paragraph in (text or "").split("\n\n"):
        if _EXAMPLE.match(paragraph):
            commands.append(_plain(paragraph.replace(" [dim]·", "   #").replace("[/dim]", "")))
            continue
        if commands:
            yield "```text\n" + "\n".join(commands) + "\n```"
            commands = []
        if paragraph.strip():
            yield _prose(paragraph)
    if commands:
        yield "```text\n" + "\n".join(commands) + "\n```"


def _prose(text: str | None) -> str:
    """A help text as Markdown: its bold stays, other markup and what Markdown would take for some doesn't."""
    pieces = re.split(r"\[/?bold\]", text or "")
    escaped = [re.sub(r"([*<])", r"\\\1", _plain(piece)) for piece in pieces]
    return "**".join(escaped)


def _plain(text: str) -> str:
    from rich.markup import render

    return render(text).plain


def python_page() -> str:
    """The names of the package, from their docstrings."""
    import cleaner

    # The names' homes are the modules that the package would load them from.
    modules = {name: module for module, names in cleaner._HOMES.items() for name in names}
    sections = [_PYTHON_HEAD, "## Names"]
    for group, names in GROUPS.items():
        sections.append(f"### {group}")
        for name in names:
            path = ROOT / "cleaner" / f"{modules[name]}.py"
            sections += _definition(_named(_parsed(path), name), level=4)
    sections.append("## Integrations")
    sections.append("Each needs the library of its name, and loads no other.")
    for module, names in INTEGRATIONS.items():
        tree = _parsed(ROOT / "cleaner" / "integrations" / f"{module}.py")
        sections.append(f"### cleaner.integrations.{module}")
        sections += _docstring(ast.get_docstring(tree), needs=module)
        for name in names:
            sections += _definition(_named(tree, name), level=4, needs=module)
    return _page(sections)


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _named(tree: ast.Module, name: str) -> tuple[ast.stmt, str | None]:
    """The definition of `name` at a module's top, and the docstring that stands behind it, if one does."""
    for statement, behind in _with_docs(tree.body):
        if getattr(statement, "name", None) == name or _target(statement) == name:
            return statement, behind
    raise LookupError(f"{name} is not defined where it was looked for")


def _with_docs(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, str | None]]:
    for statement, after in zip(body, [*body[1:], ast.Pass()], strict=True):
        yield statement, _string(after) if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None


def _string(statement: ast.stmt) -> str | None:
    value = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return cleandoc(value.value)
    return None


def _target(statement: ast.stmt) -> str | None:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    return None


def _definition(
    found: tuple[ast.stmt, str | None],
    level: int,
    needs: str | None = None,
    methods: Container[str] | None = None,
) -> Iterator[str]:
    statement, behind = found
    heading = "#" * level
    if isinstance(statement, ast.FunctionDef):
        yield f"{heading} {statement.name}"
        yield f"```pyi\n{_signature(statement)}\n```"
        yield from _docstring(ast.get_docstring(statement), needs)
    elif isinstance(statement, ast.ClassDef):
        bases = ", ".join(_code(base) for base in statement.bases)
        yield f"{heading} {statement.name}"
        yield f"```pyi\nclass {statement.name}{f'({bases})' if bases else ''}: ...\n```"
        yield from _docstring(ast.get_docstring(statement), needs)
        yield from _members(statement, needs, methods)
    else:
        assert isinstance(statement, (ast.Assign, ast.AnnAssign))
        assert statement.value is not None
        yield f"{heading} {_target(statement)}"
        yield f"```pyi\n{_target(statement)} = {_code(statement.value)}\n```"
        yield from _docstring(behind, needs)


def _members(of: ast.ClassDef, needs: str | None, methods: Container[str] | None) -> Iterator[str]:
    fields = [
        (statement, behind)
        for statement, behind in _with_docs(of.body)
        if (_target(statement) or "_").islower() and not (_target(statement) or "_").startswith("_")
    ]
    # The fields of a pipeline's block are that library's matter.
    if fields and not needs:
        yield "\n".join(_field(statement, behind) for statement, behind in fields)
    for statement in of.body:
        if not isinstance(statement, ast.FunctionDef) or not ast.get_docstring(statement):
            continue
        if not _is_public(statement.name) if methods is None else statement.name not in methods:
            continue
        yield f"```pyi\n{_signature(statement)}\n```"
        yield from _docstring(ast.get_docstring(statement), needs)


def _is_public(method: str) -> bool:
    return method in ("__init__", "__call__") or not method.startswith("_")


def _field(statement: ast.stmt, behind: str | None) -> str:
    if isinstance(statement, ast.AnnAssign):
        default = f" = {_code(statement.value)}" if statement.value else ""
        written = f"{_target(statement)}: {_code(statement.annotation)}{default}"
    else:
        assert isinstance(statement, ast.Assign)
        written = f"{_target(statement)} = {_code(statement.value)}"
    return f"- `{written}`" + (f": {' '.join(behind.split())}" if behind else "")


def _signature(function: ast.FunctionDef) -> str:
    decorators = [f"@{_code(each)}\n" for each in function.decorator_list]
    public = [each for each in decorators if each in ("@property\n", "@classmethod\n")]
    returns = f" -> {_code(function.returns)}" if function.returns else ""
    arguments = list(_arguments(function.args))
    line = f"def {function.name}({', '.join(arguments)}){returns}: ..."
    if len(line) > 100:
        line = f"def {function.name}(\n    {f',{chr(10)}    '.join(arguments)},\n){returns}: ..."
    return "".join(public) + line


def _arguments(of: ast.arguments) -> Iterator[str]:
    """A function's arguments as they are written by hand; none is positional only, or collects others."""
    missing: list[ast.expr | None] = [None] * (len(of.args) - len(of.defaults))
    for argument, default in zip(of.args, [*missing, *of.defaults], strict=True):
        yield _argument_of(argument, default)
    if of.kwonlyargs:
        yield "*"
    for argument, default in zip(of.kwonlyargs, of.kw_defaults, strict=True):
        yield _argument_of(argument, default)


def _code(node: ast.AST) -> str:
    """A node as it is written by hand, with the quotes that the formatter wants."""
    return ast.unparse(node).replace("'", '"')


def _argument_of(argument: ast.arg, default: ast.expr | None) -> str:
    written = _code(argument)
    return written if default is None else f"{written} = {_code(default)}"


def _docstring(text: str | None, needs: str | None = None) -> Iterator[str]:
    """A docstring as Markdown: its examples and its indented code as blocks."""
    for paragraph in (cleandoc(text) if text else "").split("\n\n"):
        if paragraph.startswith(">>>"):
            if needs and needs != "audit":
                yield f"<!-- needs: {needs} -->"
            yield f"```pycon\n{paragraph}\n```"
        elif paragraph.startswith("    "):
            yield "<!-- not run: it shows a part of a project -->"
            yield f"```python\n{dedent(paragraph)}\n```"
        elif paragraph:
            yield paragraph


def _page(sections: Iterable[str]) -> str:
    """The sections with blank lines between; a mark stays with its block."""
    text = "\n\n".join([_GENERATED, *(section.strip("\n") for section in sections if section)])
    return re.sub(r"(<!-- (?:needs|not run): .* -->)\n\n", r"\1\n", text) + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` name those that would change."""
    stale = {path: text for path, text in pages().items() if not path.is_file() or path.read_text() != text}
    for path, text in stale.items():
        name = path.relative_to(ROOT)
        if "--check" in arguments:
            print(f"{name} is not as the code is; run `python docs/generate.py`")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"written {name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
