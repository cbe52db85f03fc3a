"""What a rule may say: the schema of one `[[rule]]` in a pack.

A rule has exactly one form. Literals (`is`, `starts`, `literal`, `first`, `holds`) and `pattern`s are
compared with the shadow, so they are written in lower case with plain spaces, dashes and quotes; `cased`
patterns are compared with the text itself, with plain spaces. Lengths and repeats are in code points and
lines.
"""

from __future__ import annotations

from itertools import chain
from typing import Literal

import msgspec

from cleaner.errors import PackError
from cleaner.hints import HINTS
from cleaner.kinds import Kind
from cleaner.shapes import SHAPES

FIELDS = ("author", "caption", "editor", "published", "source", "tag")
"""What a named group or a `field` may be called: the values that removals can tell about an article."""

MAX_LINE = 300
"""The longest line, in code points, that a rule for whole lines takes unless it says `max`.

Longer lines hold prose as a rule, glued to the marker: they are left to the inline rules."""


class LineForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A test on one line: the whole of it, its start, or a pattern over all of it."""

    is_: tuple[str, ...] = msgspec.field(default=(), name="is")
    starts: tuple[str, ...] = ()
    pattern: str = ""
    cased: str = ""
    first: tuple[str, ...] = ()
    """For a pattern: the first words (or marks) of the lines it can match. It is tried on no others."""
    holds: tuple[str, ...] = ()
    """For a pattern, instead of `first`: literals anywhere in the line. Each is one search of every
    document, so `first` and `ends` are the better guards where the lines allow them."""
    ends: tuple[str, ...] = ()
    """For a pattern, instead of `first`: what the lines it can match end in. With `holds` too, both are
    asked for, and only the lines that end so are searched."""
    unless: tuple[str, ...] = ()
    """Patterns; a line in which one of them is found is not meant. They are compared with what `pattern`, or
    `cased`, is compared with. Each is needed by a line of `keeps`."""


class Element(LineForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line, or run of lines, of a block."""

    shape: str = ""
    anchor: bool = False
    optional: bool = False
    repeat: int = 1
    """How many lines in a row this element may take, at most."""
    glued: bool = False
    """It stands directly on its neighbour on the anchor's side, in a text that parts paragraphs by blank
    lines. A text without blank lines doesn't tell, so nothing is glued there."""
    next: bool = False
    """It is the very next line: none that goes by another rule stands between."""
    same: bool = False
    """It says word for word what its neighbour in the block says, on the anchor's side."""
    again: bool = False
    """It stands again further down, but for a number or bullet in front, and a run of such lines in the same
    order: an entry of a table of contents."""
    keep: bool = False
    """It must be there, but it is not boilerplate."""
    field: str = ""

    @property
    def literal(self) -> bool:
        """Whether the line itself carries the evidence."""
        return bool(self.is_ or self.starts or self.pattern or self.cased)


class Inline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A stretch inside a line: it begins at a literal, and has a stated end."""

    literal: tuple[str, ...]
    pattern: str = ""
    """What must stand at the literal, the literal included. Without one, the literal alone. A group
    named `cut` narrows the stretch to itself."""
    cased: str = ""
    """The same, compared with the text itself instead of the shadow."""
    before: str = ""
    """What must stand in front of the literal, up to it, and belongs to the stretch. With `field`, it is what
    tells that field, and a claim of its own."""
    ends: tuple[str, ...] = ()
    """For a pattern that reaches the line's end: what the line ends in. Where it doesn't, the pattern isn't
    tried, which spares a literal such as `(` most of what it costs."""
    tail: bool = False
    """Only where the text ends: in its last 200 code points."""
    glued: bool = False
    """Only in a line of more than 800 code points, or in a text that is one line. In others nothing is glued,
    and the rules for whole lines suffice."""
    end: Literal["match", "sentence", "line", "headline", "ad"] = "match"
    """`headline`: the end of the other story's headline that follows. `ad`: the advertisement that stands
    behind that headline, without the headline itself."""
    back: Literal["", "words", "sentence", "caption"] = ""
    """What else belongs to it in front. `words`: those since the last sentence ended; the article's own title
    stays. `sentence`: the same, its own full stop included. `caption`: words that a subheading may stand
    before, which stays too."""


class Stray(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Unmarked lines, known by shape and surroundings alone."""

    judge: Literal["headline"]
    topic: Literal["any", "other"] = "any"
    """`other`: the outlet's links lead elsewhere, so a line that shares much of its wording with the article
    is a heading of the article's own."""


class Hinted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Lines of a page that it gave a hint to; plain text has none. The proofs are HTML."""

    any: tuple[str, ...]
    """The hints; the line has one of them."""
    all: tuple[str, ...] = ()
    """Hints that the line has besides."""
    none: tuple[str, ...] = ()
    """Hints that the line hasn't."""
    shape: str = ""


class Rule(LineForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One entry of a pack, next to its proofs."""

    id: str
    kind: Kind
    why: str
    removes: tuple[str, ...] = ()
    """Texts in which `⟦…⟧` marks exactly what is cut."""
    keeps: tuple[str, ...] = ()
    """Texts that the whole outlet must leave alone."""
    inline: Inline | None = None
    block: tuple[Element, ...] = ()
    stray: Stray | None = None
    hint: Hinted | None = None
    max: int = MAX_LINE
    """The longest line, or stretch inside one, in code points. A headline inside a line that would be longer
    is a suspect."""
    field: str = ""
    foot: bool = False
    """For a block: only at the text's foot, with no sentence below it."""
    head: bool = False
    """For a block: only at the text's head, with nothing but headlines and short lines above it."""
    pointer: bool = False
    """It says that the article goes on elsewhere: with nothing kept behind it, the article is incomplete."""

    @property
    def literals(self) -> tuple[str, ...]:
        """All that the rule looks for word for word, its blocks' lines and inline literals included."""
        of_lines = (
            (*form.is_, *form.starts, *form.first, *form.holds, *form.ends) for form in (self, *self.block)
        )
        inside = (*self.inline.literal, *self.inline.ends) if self.inline else ()
        return (*chain.from_iterable(of_lines), *inside)

    @property
    def forms(self) -> tuple[str, ...]:
        """The names of the forms this rule has; a valid rule has one."""
        have = {
            "is": self.is_,
            "starts": self.starts,
            "pattern": self.pattern or self.cased,
            "inline": self.inline,
            "block": self.block,
            "stray": self.stray,
            "hint": self.hint,
        }
        return tuple(name for name, value in have.items() if value)


def require_valid(rule: Rule) -> None:
    """Raise `PackError`, with the reason, where a rule of the right types says something it may not."""
    if len(rule.forms) != 1:
        have = f"looks for text by {' and '.join(rule.forms)}" if rule.forms else "says nothing to look for"
        raise PackError(
            f"{have}; a rule has exactly one of is, starts, pattern (or cased), inline, block, stray, hint"
        )
    if rule.block:
        _require_valid_block(rule.block)
    if rule.inline and not rule.inline.literal:
        raise PackError("inline has no literal; name the words it is looked for by")
    if rule.inline and rule.inline.ends and not (rule.inline.pattern or rule.inline.cased):
        raise PackError("inline's `ends` goes with a pattern, one that reaches the line's end")
    if rule.hint:
        _require_valid_hint(rule.hint)
    for name, asked in (("head", rule.head), ("foot", rule.foot)):
        if asked and not rule.block:
            raise PackError(f"`{name}` goes with a block")
    if rule.head and rule.foot:
        raise PackError("has both `head` and `foot`; no text holds a block at both its ends, so keep one")
    for form in (rule, *rule.block):
        _require_valid_form(form)
    for form in (rule, *(element for element in rule.block if element.anchor)):
        _require_guard(form)
    for name in (rule.field, *(element.field for element in rule.block)):
        if name and name not in FIELDS:
            raise PackError(f"field {name!r} is unknown; it may be one of {', '.join(FIELDS)}")


def _require_valid_hint(hint: Hinted) -> None:
    if not hint.any:
        raise PackError("hint names none to look for; say any = [...]")
    for name in (*hint.any, *hint.all, *hint.none):
        if name not in HINTS:
            raise PackError(f"hint {name!r} is unknown; it may be one of {', '.join(HINTS)}")
    if hint.shape and hint.shape not in SHAPES:
        raise PackError(f"shape {hint.shape!r} is unknown; it may be one of {', '.join(SHAPES)}")


def _require_valid_form(form: LineForm) -> None:
    if (form.first or form.holds or form.ends) and not (form.pattern or form.cased):
        raise PackError(
            "`first`, `holds` and `ends` go with a pattern; `is` and `starts` find their own lines"
        )
    if form.unless and not (form.pattern or form.cased or form.starts):
        raise PackError("`unless` goes with a pattern or with `starts`; what `is` says has no exceptions")
    if isinstance(form, Element) and form.shape and form.shape not in SHAPES:
        raise PackError(f"shape {form.shape!r} is unknown; it may be one of {', '.join(SHAPES)}")
    if isinstance(form, Element) and form.literal == bool(form.shape):
        raise PackError("an element of a block has either a literal (is, starts, pattern, cased) or a shape")


def _require_guard(form: LineForm) -> None:
    if (form.pattern or form.cased) and bool(form.first) == bool(form.holds or form.ends):
        raise PackError(
            "a pattern needs a guard: either `first` (the lines' first words), or `ends` (what they end in), "
            "`holds` (literals inside them) or both of these"
        )


def _require_valid_block(block: tuple[Element, ...]) -> None:
    anchors = [element for element in block if element.anchor]
    if len(anchors) != 1:
        raise PackError(
            f"the block has {len(anchors)} anchors; mark the one line it is found by with anchor = true"
        )
    anchor = anchors[0]
    if not anchor.literal or anchor.optional or anchor.repeat != 1:
        raise PackError("the anchor must be one required line with a literal: it is what proves the block")
    if anchor.same:
        raise PackError(
            "the anchor has `same`; it has no neighbour on its own side, so mark the line beside it"
        )
    if any(element.again for element in block[: block.index(anchor) + 1]):
        raise PackError("`again` is what lines below the anchor may have: a list's label stands over it")
    if any(element.repeat < 1 for element in block):
        raise PackError("repeat counts lines; it is 1 or more")
