"""What a pack says of pages, proved: its selectors, and the rules that ask for a hint.

The proofs of such rules are HTML, the body of a page, and are read as pages are. A class with a hint's name
gives that hint there, as an outlet's own selectors would: `<div class="related_box">…</div>`.
"""

from __future__ import annotations

from cleaner.brackets import BRACKETS
from cleaner.document import Document
from cleaner.hints import HINTS
from cleaner.rules import Rule

_PAGE = "<!doctype html><meta charset=utf-8><body>"


def proof_document(written: str, rule: Rule) -> Document:
    """The document of a proof of `rule`, brackets included: a page's for a rule that asks for a hint."""
    if rule.hint is None:
        return Document(written)
    # The reader needs the parser of pages, which nothing else here does.
    from cleaner.readers.page import parsed, read_body
    from cleaner.templates import Template

    template = Template(body=("body",), hints={hint: (f".{hint}",) for hint in HINTS})
    return read_body(parsed(_PAGE + written), template) or Document("")


def understood(selector: str) -> bool:
    """Whether `selector` is CSS that the parser of pages understands."""
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        LexborHTMLParser("<p>").css(selector)
    except SelectolaxError:
        return False
    return True


def unbracketed(document: Document, text: str) -> Document:
    """The same document with `text`, which is its own text without the brackets."""
    signs = [bracket.start() for bracket in BRACKETS.finditer(document.text)]
    labels = {start - sum(sign < start for sign in signs): label for start, label in document.labels.items()}
    return Document(text, labels=labels)
