"""The one call that most people need."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

from cleaner.cleaner import Cleaner
from cleaner.decide import Policy
from cleaner.document import Document
from cleaner.outlet import Outlet
from cleaner.registry import outlet_named, recogniser
from cleaner.result import Result


def clean(
    text: str | None = None,
    *,
    html: str | bytes | None = None,
    outlet: str | Outlet | None = None,
    url: str | None = None,
    title: str | None = None,
    policy: Policy | None = None,
) -> Result:
    """Clean one article: its `text`, or the `html` of its page.

    `outlet` is the outlet it is from: the id of an installed one (`clean outlets` lists them), or an
    `Outlet`, such as `Outlet.from_file(path)` reads from a pack; read it once, and give the same one each
    time. Without it the host of `url` tells, else the text's own signatures; where nothing tells, only the
    rules common to all outlets are used, and the result's `outlet` is None. `title` is the article's own
    headline, which is never cut.

    Returns a `Result`: the clean text, and every removal with its offsets, in code points, in `text` or in
    the text that was read off the page (`rebuild` gives it back). A page that holds no article gives an
    empty text, and `no_article` says why.

    Raises OutletError where no installed outlet has the id, UnicodeDecodeError for bytes in no charset they
    could be in, and TypeError where neither or both of `text` and `html` are given, or where an argument is
    of another type.
    """
    if html is not None:
        if text is not None:
            raise TypeError("text and html are both given; which of them is the article can't be told")
        _refuse_other_types(html=html, outlet=outlet, url=url, title=title, policy=policy)
        return _clean_page(html, outlet, url, title, policy or Policy())
    if text is None:
        raise TypeError("neither text nor html is given, so there is nothing to clean")
    # This is called for every text: what can't be wrong is not looked at one by one.
    if not (
        isinstance(text, str)
        and (url is None or isinstance(url, str))
        and (title is None or isinstance(title, str))
        and (outlet is None or isinstance(outlet, str | Outlet))
        and (policy is None or isinstance(policy, Policy))
    ):
        _refuse_other_types(text=text, outlet=outlet, url=url, title=title, policy=policy)
    document = Document(text, url=url, title=title)
    known = recogniser()(document) if outlet is None else outlet
    return cleaner_for(known, policy or Policy())(document)


# What each argument can be, and what to do about another type.
_TYPES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "text": (str, "not str"),
    "html": ((str, bytes), "not str or bytes"),
    # A path is told as what it is by what looks for the outlet.
    "outlet": ((str, Outlet, PurePath), "not the id of an outlet, nor an Outlet"),
    "url": (str, "not str"),
    "title": (str, "not str"),
    "policy": (Policy, "not a Policy"),
}


def _refuse_other_types(**given: object) -> None:
    """Raise TypeError, which names the argument, where one of those `given` is of a type that it can't be."""
    for name, value in given.items():
        types, instead = _TYPES[name]
        if value is not None and not isinstance(value, types):
            decode = "; decode it first" if name == "text" and isinstance(value, bytes | bytearray) else ""
            raise TypeError(f"{name} is {type(value).__name__}, {instead}{decode}")


def _clean_page(
    html: str | bytes, outlet: str | Outlet | None, url: str | None, title: str | None, policy: Policy
) -> Result:
    # The parser of pages takes as long to load as all the rest.
    from cleaner.readers.page import PageReader

    given = None if outlet is None else outlet_of(outlet)
    reader = PageReader(recogniser(), outlet_named if given is None else lambda id: given)
    page = reader(html, url=url, title=title, outlet=given.id if given else None)
    return cleaner_for(given or page.outlet, policy)(page.document)


def outlet_of(outlet: str | Outlet) -> Outlet:
    """An outlet, given as it is or by its id. Raises OutletError where no installed one has the id."""
    return outlet if isinstance(outlet, Outlet) else outlet_named(outlet)


def cleaner_for(outlet: str | Outlet | None, policy: Policy) -> Cleaner:
    """The compiled cleaner of an outlet, or of the one with this id, and a policy; compiled once for both."""
    return _compiled(_Given(outlet) if isinstance(outlet, Outlet) else outlet, policy)


@lru_cache(maxsize=256)
def _compiled(outlet: _Given | str | None, policy: Policy) -> Cleaner:
    if isinstance(outlet, _Given):
        return Cleaner(outlet.outlet, policy)
    return Cleaner.for_outlet(outlet, policy)


class _Given:
    """An outlet as a key: the very same one. To compare all of its rules takes longer than to clean."""

    def __init__(self, outlet: Outlet) -> None:
        self.outlet = outlet

    def __hash__(self) -> int:
        return id(self.outlet)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Given) and self.outlet is other.outlet
