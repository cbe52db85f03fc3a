"""The page's own rule of what a browser may load and run in it: its one style, its one script, no more."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256


def content_policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with one style and one script element of these contents.

    Text can't become markup even by a mistake in the script: without trusted types, every way from a string
    to HTML or to code raises an error.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_source(script)}",
            f"style-src {_source(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _source(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
