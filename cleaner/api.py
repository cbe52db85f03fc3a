"""The one call that most people need."""

from __future__ import annotations

from functools import lru_cache

from cleaner.cleaner import Cleaner
from cleaner.decide import Policy
from cleaner.document import Document
from cleaner.registry import recogniser
from cleaner.result import Result


def clean(
    text: str,
    *,
    outlet: str | None = None,
    url: str | None = None,
    title: str | None = None,
    policy: Policy | None = None,
) -> Result:
    """Clean one article.

    `outlet` is the id of the outlet it is from (`clean outlets` lists them). Without it the host of `url`
    tells, else the text's own signatures; where nothing tells, only the rules common to all outlets are
    used, and the result's `outlet` is None. `title` is the article's own headline, which is never cut.

    Returns a `Result`: the clean text, and every removal with its offsets in `text` in code points.
    Raises OutletError where `outlet` isn't installed.
    """
    if not isinstance(text, str):
        raise TypeError(f"text is {type(text).__name__}, not str; decode bytes first")
    document = Document(text, url=url, title=title)
    return cleaner_for(outlet or recogniser()(document), policy or Policy())(document)


@lru_cache(maxsize=256)
def cleaner_for(outlet: str | None, policy: Policy) -> Cleaner:
    """The compiled cleaner of an outlet and a policy; compiled once for both."""
    return Cleaner.for_outlet(outlet, policy)
