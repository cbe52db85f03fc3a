"""A person's word on mined rules, one by one, in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from rich.console import Console
from rich.text import Text

from cleaner.cli.counted import counted
from cleaner.mining.miner import Mined, MinedRule
from cleaner.rules import Rule
from cleaner.visible import visible

Verdict: TypeAlias = Literal["accepted", "dropped", "skipped"]

_KEYS = "[a]ccept  [d]rop  [s]kip  [b]ack  [q]uit"
_VERDICTS: dict[str, Verdict] = {"a": "accepted", "d": "dropped", "s": "skipped"}
_MARKED = ("⟦", "⟧")


def review(mined: Mined, read: Callable[[], str], console: Console) -> frozenset[str]:
    """Show each rule and ask what becomes of it; the ids of those that were accepted.

    `read` gives the next line that the person types, empty at the end of input, which counts as quitting.
    Those that nobody came to are not accepted.
    """
    verdicts: dict[str, Verdict] = {}
    at = 0
    while at < len(mined.rules):
        each = mined.rules[at]
        _show(console, each, at, mined, verdicts.get(each.rule.id))
        answer = _answer(read, console)
        if answer == "q":
            break
        if answer == "b":
            at = max(0, at - 1)
            continue
        verdicts[each.rule.id] = _VERDICTS[answer]
        at += 1
    return frozenset(id for id, verdict in verdicts.items() if verdict == "accepted")


def _answer(read: Callable[[], str], console: Console) -> str:
    """One of the keys; asked again until it is one."""
    while True:
        console.print(Text(f"{_KEYS} > ", "bold"), end="")
        line = read()
        if not line:
            console.print()
            return "q"
        key = line.strip().lower()[:1]
        if key in (*_VERDICTS, "b", "q"):
            return key
        console.print(Text("One of the letters a, d, s, b, q, and Enter."))


def _show(console: Console, each: MinedRule, at: int, mined: Mined, said: Verdict | None) -> None:
    rule = each.rule
    console.print()
    number = f"{at + 1} of {len(mined.rules)}"
    console.print(Text(f"{number}  {visible(rule.id)}  ({rule.kind})", "bold cyan"), soft_wrap=True)
    console.print(Text(rule.why))
    console.print(Text(support(each, mined.articles), "dim"))
    for line in _form(rule):
        console.print(Text(visible(line)), soft_wrap=True)
    for name, texts, style in (("goes", rule.removes, "red"), ("stays", rule.keeps, "green")):
        for text in texts:
            console.print(_example(name, text, style), soft_wrap=True)
    if said:
        console.print(Text(f"So far: {said}.", "yellow"))


def support(each: MinedRule, articles: int) -> str:
    """What speaks for a rule, in a sentence."""
    share = 100 * each.articles / articles
    return (
        f"Cuts something in {each.articles:,} of {counted(articles, 'article')} ({share:.1f} %), "
        f"{counted(each.characters, 'character')} in all."
    )


def _form(rule: Rule) -> list[str]:
    """What the rule looks for."""
    lines = [f"line is: {literal}" for literal in rule.is_]
    lines += [f"line is like: {pattern}" for pattern in (rule.pattern, rule.cased) if pattern]
    for element in rule.block:
        what = " | ".join(element.is_) or element.cased or element.pattern or f"any {element.shape}"
        stays = ", which another rule cuts or which stays" if element.keep else ""
        lines.append(f"in a block: {what}{stays}")
    if rule.inline:
        lines.append(f"inside a line: {rule.inline.cased or ' | '.join(rule.inline.literal)}")
    return lines


def _example(name: str, text: str, style: str) -> Text:
    """An example with what goes in colour; the brackets stay, for terminals without."""
    shown = Text(f"{name:<6}", "bold")
    opened = False
    for part in _split(text):
        if part in _MARKED:
            opened = part == _MARKED[0]
            shown.append(part, style)
        else:
            plain = "\n      ".join(visible(line) for line in part.split("\n"))
            shown.append(plain, style if opened or name == "stays" else "")
    return shown


def _split(text: str) -> Sequence[str]:
    parts = [""]
    for sign in text:
        if sign in _MARKED:
            parts += [sign, ""]
        else:
            parts[-1] += sign
    return parts
