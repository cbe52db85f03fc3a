"""The one call that most people need."""

from __future__ import annotations

from functools import lru_cache

from cleaner.cleaner import Cleaner
from cleaner.decide import Policy
from cleaner.document import Document
from cleaner.registry import outlet_named, recogniser
from cleaner.result import Result


def clean(
    text: str | None = None,
    *,
    html: str | bytes | None = None,
    outlet: str | None = None,
    url: str | None = None,
    title: str | None = None,
    policy: Policy | None = None,
) -> Result:
    """Clean one article: its `text`, or the `html` of its page.

    `outlet` is the id of the outlet it is from (`clean outlets` lists them). Without it the host of `url`
    tells, else the text's own signatures; where nothing tells, only the rules common to all outlets are
    used, and the result's `outlet` is None. `title` is the article's own headline, which is never cut.

    Returns a `Result`: the clean text, and every removal with its offsets, in code points, in `text` or in
    the text that was read off the page (`rebuild` gives it back). A page that holds no article gives an
    empty text, and `no_article` says why.

    Raises OutletError where `outlet` isn't installed, UnicodeDecodeError for bytes in no charset they could
    be in, and TypeError where neither or both of `text` and `html` are given.
    """
    if html is not None:
        if text is not None:
            raise TypeError("text and html are both given; which of them is the article can't be told")
        return _clean_page(html, outlet, url, title, policy or Policy())
    if text is None:
        raise TypeError("neither text nor html is given, so there is nothing to clean")
    if not isinstance(text, str):
        raise TypeError(f"text is {type(text).__name__}, not str; decode bytes first")
    document = Document(text, url=url, title=title)
    return cleaner_for(outlet or recogniser()(document), policy or Policy())(document)


def _clean_page(
    html: str | bytes, outlet: str | None, url: str | None, title: str | None, policy: Policy
) -> Result:
    # The parser of pages takes as long to load as all the rest.
    from cleaner.readers.page import PageReader

    page = PageReader(recogniser(), outlet_named)(html, url=url, title=title, outlet=outlet)
    return cleaner_for(page.outlet, policy)(page.document)


@lru_cache(maxsize=256)
def cleaner_for(outlet: str | None, policy: Policy) -> Cleaner:
    """The compiled cleaner of an outlet and a policy; compiled once for both."""
    return Cleaner.for_outlet(outlet, policy)
