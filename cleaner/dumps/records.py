"""One article of a dump: read from a record, a text or a page, or refused with a reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

import msgspec

from cleaner.document import Document
from cleaner.dumps.endings import SEMICOLONS
from cleaner.dumps.formats.lines import MAX_RECORD, too_large
from cleaner.dumps.likely import TITLE, URL, likely_option
from cleaner.dumps.pages import NoPageError, Pages
from cleaner.dumps.reasons import json_fault, not_utf8
from cleaner.errors import CleanerError


class Archived(msgspec.Struct, frozen=True):
    """What an archive says of one of its records; None where it says nothing."""

    id: str | None
    url: str | None
    date: str | None
    charset: str | None
    is_page: bool
    """Whether it is a page in HTML, and not a text."""


class FieldNames(msgspec.Struct, frozen=True):
    """The keys under which records hold what a cleaner wants to know; an empty `outlet` is not looked at."""

    text: str = "text"
    url: str = "url"
    id: str = "id"
    title: str = "title"
    outlet: str = ""
    html: str = "html"
    """Read where a record has no text: the page, or its bytes in base64."""
    charset: str = "charset"
    """Of those bytes, as the page's HTTP header had it."""

    def __post_init__(self) -> None:
        """Raises CleanerError where one key would be text and page."""
        if self.text == self.html:
            raise CleanerError(
                f"--text-field and --html-field are both {self.text!r}, so it can't be told what that holds; "
                "nothing was read. Where it is HTML, give --text-field a new name, for the text that is read "
                "off it, such as plain_text"
            )

    def chosen(self) -> dict[str, str]:
        """The keys that aren't those of `FieldNames()`, but for the text's, by the option that names each."""
        usual = FieldNames()
        return {
            f"--{field}-field": getattr(self, field)
            for field in ("url", "id", "title", "outlet", "html", "charset")
            if getattr(self, field) != getattr(usual, field)
        }

    def usual(self) -> dict[str, str]:
        """The keys of the url and of the headline that are those of `FieldNames()`, by the option of each."""
        chosen = self.chosen()
        return {option: key for option, key in ((URL, self.url), (TITLE, self.title)) if option not in chosen}


class SourcePage(msgspec.Struct, frozen=True, omit_defaults=True):
    """One record that became a part of another one: a page of its article."""

    id: msgspec.Raw
    page: int | str
    """Its number, or `all`."""
    file: str
    index: int
    url: str
    place: int
    """How many records and errors were read before it."""
    sha256: str
    """Of its text, encoded as UTF-8."""
    start: int | None = None
    """Where its text begins in the article's source text, in code points; None where it is no part of it."""
    end: int | None = None
    source: str | None = None
    """The record as it was read, of a file its id and text as a record. None for the one page whose other
    values are the article's."""


class Record(msgspec.Struct, frozen=True):
    """One article of a dump, in place `index` (the line, from 0) of `file`."""

    file: str
    index: int
    id: msgspec.Raw
    """The id as JSON: the record's own (text or number), verbatim, else the string `file#index`."""
    document: Document
    values: Mapping[str, Any]
    """Every key of the source record with its value as it was written; of a file, its id and text."""
    raw: bytes
    """The bytes it was read from; empty for a row of Parquet."""
    outlet: str | None = None
    """The outlet that the record itself names, else the one whose page it is found to be."""
    from_page: bool = False
    """Whether the text was read off a page's HTML."""
    file_id: str | None = None
    """For a file that holds one article, its id: the path of its text, without the ending."""
    ending: str = ""
    """What follows the id in the name of that file."""
    pages: tuple[SourcePage, ...] = ()
    """Of an article joined from several records, those, in the order of its text."""
    covered: tuple[SourcePage, ...] = ()
    """Records whose kept text all stands in this one, and which it replaces."""
    format: str = "jsonl"
    """What it was read from, by the name of the format."""
    page_outlet: str | None = None
    """The outlet whose page it is found to be, whatever the record names."""

    @property
    def made(self) -> bool:
        """Whether the keys of its values are this package's: its source has none."""
        return self.format in MADE


class Unreadable(msgspec.Struct, frozen=True):
    """Something in a dump that is no article, and why."""

    file: str
    index: int
    reason: str
    raw: bytes | None = None
    """The bytes that were read, without the line's end; None where nothing could be read."""
    file_id: str | None = None
    """As in a `Record`."""
    ending: str = ""
    """As in a `Record`."""
    format: str = "jsonl"
    """As in a `Record`; it says what `raw` is."""
    arrow: bytes | None = None
    """A row of Parquet as an Arrow IPC stream; `raw` is its JSON then."""
    of_file: bool = False
    """Whether this is said of the whole file or folder, and not of one record in it."""
    keys: tuple[str, ...] | None = None
    """The first keys of a record, or columns of a file, that has neither text nor page; None for all else."""

    @property
    def place(self) -> str:
        """Where it stands: `file#index`; where there is but one thing in the file, its name alone."""
        return self.file if self.of_file or self.file_id is not None else f"{self.file}#{self.index}"

    @property
    def shown_place(self) -> str:
        """`place` with the number by which a person finds it: of its line, or of its record, from 1."""
        said = _NUMBERED.get(self.format)
        if said is None or self.place == self.file:
            return self.place
        return f"{self.place} ({said} {self.index + 1:,})"


Item: TypeAlias = Record | Unreadable

MADE = ("txt", "html", "warc")
"""The formats whose records have no keys of their own: they get `id`, `text`, of archives `url`, `date`."""

# What each of a file's records is, where it has a number. Of an archive, the index is a byte.
_NUMBERED = {"jsonl": "line", **dict.fromkeys(("csv", SEMICOLONS, "tsv", "parquet"), "record")}

_NULL = b"null"
_MOST_KEYS = 100
_MOST_PROBED = 20
_BOM = b"\xef\xbb\xbf"
# What a second, equal key adds to a record at the very least: `,"":0`.
_SHORTEST_PAIR = 5
_TYPE_NAMES = {
    b"n": "null",
    b"{": "an object",
    b"[": "a list",
    b'"': "a string",
    b"t": "a boolean",
    b"f": "a boolean",
}
_HALF_PAIR = re.compile("[\ud800-\udfff]")

_encode = msgspec.json.Encoder().encode
_decode_record = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_decode_string = msgspec.json.Decoder(str).decode


class RecordReader:
    """Turns lines and files into records. Counts what it passes over: nothing is dropped unsaid."""

    def __init__(
        self, names: FieldNames, pages: Pages, url: str | None = None, most: int = MAX_RECORD
    ) -> None:
        """`url` is the address of all that is read, whatever a record or a page says. No record has more than
        `most` bytes."""
        self.names = names
        self.most = most
        self._pages = pages
        self._url = url
        self.blank_lines = 0
        self.bytes_read = 0
        self.ignored: Counter[str] = Counter()
        """How often the value under a key was of a type that it can't be used in."""
        self.passed_over: Counter[str] = Counter()
        """How many records of an archive are no articles, by what they are."""
        self._chosen = _labelled(names.chosen())
        self.chosen: Counter[str] = Counter(dict.fromkeys(self._chosen, 0))
        """How many records have each key that was chosen, by its option and the key."""
        self._usual = _labelled(names.usual())
        self.usual: Counter[str] = Counter(dict.fromkeys(self._usual, 0))
        """The same for the usual keys of the url and of the headline."""
        self._named = frozenset(msgspec.structs.astuple(names))
        self._first = _MOST_PROBED
        self.probed = 0
        """How many of the first records lack a key that is looked for, and were searched for another one."""
        self.likely: Counter[str] = Counter()
        """In how many of those a key may well be meant by an option, by both."""
        self.keyed = 0
        """How many records have the key for the text, or the one for the page."""

    def counted(self, size: int) -> None:
        """Note that `size` bytes of a file were read."""
        self.bytes_read += size

    def lines(self, file: str, lines: Iterable[bytes], first: int = 0) -> Iterator[Item]:
        """The records of `lines`, the lines of a JSONL file called `file` from line `first` on."""
        for index, line in enumerate(lines, first):
            self.bytes_read += len(line)
            item = self.line(file, index, line)
            if item is not None:
                yield item

    def line(self, file: str, index: int, line: bytes) -> Item | None:
        """The record of line `index` of a JSONL file called `file`; None where the line is blank."""
        if len(line) > self.most:
            return Unreadable(file, index, too_large(self.most))
        if not index and line.startswith(_BOM):
            line = line[len(_BOM) :]
        try:
            values = _decode_record(line)
            if not line.isascii():
                line.decode()
            double = _double_key(line, values)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            if not line.strip():
                self.blank_lines += 1
                return None
            return _refused(file, index, _reason(line, error), line)
        if double is not None:
            reason = f"has the key {double!r} twice, so it can't be told which one counts"
            return _refused(file, index, reason, line)
        try:
            return self.record(file, index, line, values)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            return _refused(file, index, _reason(line, error), line)

    def text(self, file: str, id: str, ending: str, data: bytes, unpacked: bytes | None = None) -> Item:
        """The record of a text file: `data` is all that is in it, `unpacked` what that was packed from."""
        self.bytes_read += len(data)
        try:
            text = (data if unpacked is None else unpacked).decode()
        except UnicodeDecodeError as error:
            return Unreadable(file, 0, not_utf8(error), data, id, ending, "txt")
        return _of_file(file, ending, Document(text, id, self._url), data)

    def page(self, file: str, id: str, ending: str, data: bytes, unpacked: bytes | None = None) -> Item:
        """The record of a page in a file of its own; `data` and `unpacked` are as for a text."""
        self.bytes_read += len(data)
        try:
            page = self._pages.of_bytes(data if unpacked is None else unpacked, id=id, url=self._url)
        except NoPageError as error:
            return Unreadable(file, 0, str(error), data, id, ending, "html")
        return _of_file(file, ending, page.document, data, page.outlet, from_page=True)

    def archived(self, file: str, index: int, found: Archived, data: bytes) -> Item:
        """The record of what stands at byte `index` of the archive `file`: `data` is a page, or a text."""
        id = found.id or f"{file}#{index}"
        url = self._url or found.url or None
        outlet = None
        try:
            if found.is_page:
                page = self._pages.of_bytes(data, id=id, url=url, charset=found.charset)
                document, outlet = page.document, page.outlet
            else:
                document = Document(data.decode(), id, url)
        except NoPageError as error:
            return Unreadable(file, index, str(error), data, format="warc")
        except UnicodeDecodeError as error:
            return Unreadable(file, index, not_utf8(error), data, format="warc")
        written = {"id": id, "url": found.url, "date": found.date, "text": document.text}
        values = {key: msgspec.Raw(_encode(value)) for key, value in written.items()}
        return Record(file, index, values["id"], document, values, data, outlet, found.is_page, format="warc")

    def record(
        self, file: str, index: int, raw: bytes, values: Mapping[str, msgspec.Raw], format: str = "jsonl"
    ) -> Item:
        """The record `index` of `file` with these keys and values, which was read from the bytes `raw`.

        Raises an error of msgspec's where a value is no JSON.
        """
        names = self.names
        for label, key in self._chosen.items():
            if key in values:
                self.chosen[label] += 1
        for label, key in self._usual.items():
            if key in values:
                self.usual[label] += 1
        if self._first:
            self._first -= 1
            if self._lacks_a_key(values):
                self._probe(_apart(values, format))
        raw_text = values.get(names.text)
        if raw_text is None or (bytes(raw_text) == _NULL and names.html in values):
            return self._page_record(file, index, raw, values, format)
        self.keyed += 1
        try:
            text = _decode_string(raw_text)
        except msgspec.ValidationError:
            reason = f"{names.text!r} is {_type_name(raw_text)}, not text"
            return _refused(file, index, reason, raw, format)
        id, raw_id = self._id(file, index, values.get(names.id))
        document = Document(text, id, self._address(values), self._string(names.title, values))
        return Record(file, index, raw_id, document, values, raw, self._said(values), format=format)

    def _page_record(
        self, file: str, index: int, raw: bytes, values: Mapping[str, msgspec.Raw], format: str
    ) -> Item:
        names = self.names
        raw_html = values.get(names.html)
        if raw_html is None:
            refused = _refused(file, index, _nothing_to_read(names, values), raw, format)
            return msgspec.structs.replace(refused, keys=first_keys(values))
        self.keyed += 1
        try:
            html = _decode_string(raw_html)
        except msgspec.ValidationError:
            reason = f"{names.html!r} is {_type_name(raw_html)}, not a page"
            return _refused(file, index, reason, raw, format)
        id, raw_id = self._id(file, index, values.get(names.id))
        said = self._said(values)
        try:
            page = self._pages.of_string(
                html,
                id=id,
                url=self._address(values),
                title=self._string(names.title, values),
                outlet=said,
                charset=self._string(names.charset, values),
            )
        except NoPageError as error:
            return _refused(file, index, f"{names.html!r} {error}", raw, format)
        outlet = said or page.outlet
        return Record(
            file,
            index,
            raw_id,
            page.document,
            values,
            raw,
            outlet,
            from_page=True,
            format=format,
            page_outlet=page.outlet,
        )

    def _lacks_a_key(self, values: Mapping[str, msgspec.Raw]) -> bool:
        names = self.names
        is_read = names.text in values or names.html in values
        return not is_read or names.url not in values or names.title not in values

    def _probe(self, values: Mapping[str, msgspec.Raw]) -> None:
        """Count which of the keys that no option names may be meant by one."""
        self.probed += 1
        for key in first_keys(values):
            option = "" if key in self._named else likely_option(key, bytes(values[key]))
            if option:
                self.likely[f"{option} {key}"] += 1

    def _said(self, values: Mapping[str, msgspec.Raw]) -> str | None:
        said = self._string(self.names.outlet, values) if self.names.outlet else None
        return said if said and not said.isspace() else None

    def _address(self, values: Mapping[str, msgspec.Raw]) -> str | None:
        return self._url or self._string(self.names.url, values)

    def _id(self, file: str, index: int, raw: msgspec.Raw | None) -> tuple[str, msgspec.Raw]:
        if raw is not None:
            written = bytes(raw)
            if written[0] == 0x22 and len(written) > 2:
                return _decode_string(written), raw
            if written[0] in b"-0123456789":
                return written.decode(), raw
            if written not in (_NULL, b'""'):
                self.ignored[self.names.id] += 1
        made = f"{file}#{index}"
        return made, msgspec.Raw(_encode(made))

    def _string(self, name: str, values: Mapping[str, msgspec.Raw]) -> str | None:
        raw = values.get(name)
        if raw is None:
            return None
        try:
            return _decode_string(raw)
        except msgspec.ValidationError:
            if bytes(raw) != _NULL:
                self.ignored[name] += 1
            return None


def _labelled(keys: Mapping[str, str]) -> dict[str, str]:
    """The keys by what they are counted under: the option and the key."""
    return {f"{option} {key}": key for option, key in keys.items()}


def _apart(values: Mapping[str, msgspec.Raw], format: str) -> Mapping[str, msgspec.Raw]:
    """The values without their neighbours: of Parquet, asking for one makes JSON of its whole column."""
    if format != "parquet":
        return values
    from cleaner.dumps.formats.arrow_row import ArrowRow

    assert isinstance(values, ArrowRow)
    return values.apart()


def _of_file(
    file: str,
    ending: str,
    document: Document,
    data: bytes,
    outlet: str | None = None,
    *,
    from_page: bool = False,
) -> Record:
    assert document.id is not None
    id = msgspec.Raw(_encode(document.id))
    values = {"id": id, "text": msgspec.Raw(_encode(document.text))}
    format = "html" if from_page else "txt"
    return Record(file, 0, id, document, values, data, outlet, from_page, document.id, ending, format=format)


def _refused(file: str, index: int, reason: str, raw: bytes, format: str = "jsonl") -> Unreadable:
    return Unreadable(file, index, reason, raw.rstrip(b"\r\n"), format=format)


def _double_key(line: bytes, values: dict[str, msgspec.Raw]) -> str | None:
    """A key that the record has twice; the decoder keeps the last one and says nothing."""
    once = _encode(values)
    if len(line) - len(once) < _SHORTEST_PAIR:
        return None
    compact = msgspec.json.format(line, indent=-1)
    # Most records are flat: then the first comparison tells, and the second, dearer one is not needed.
    if compact == once or len(compact) - len(msgspec.json.format(once, indent=-1)) < _SHORTEST_PAIR:
        return None
    seen: set[str] = set()
    for key, _ in json.loads(line, object_pairs_hook=_Pairs):
        if key in seen:
            return str(key)
        seen.add(key)
    return None


class _Pairs(list[tuple[str, Any]]):
    """An object's pairs as they stand, the doubles among them."""


def _reason(line: bytes, error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return not_utf8(error)
    if isinstance(error, RecursionError):
        return "is nested too deeply to be read"
    if isinstance(error, msgspec.ValidationError):
        return f"is {_type_name(line)}, not a JSON object"
    try:
        line.decode()
    except UnicodeDecodeError as fault:
        return not_utf8(fault)
    half = _half_pair(line)
    if half:
        return f"holds half of a surrogate pair ({half}), which is no text"
    return f"is no valid JSON ({json_fault(error)})"


def _half_pair(line: bytes) -> str | None:
    try:
        written = json.dumps(json.loads(line), ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    found = _HALF_PAIR.search(written)
    return f"\\u{ord(found.group()):04x}" if found else None


def _nothing_to_read(names: FieldNames, values: Mapping[str, msgspec.Raw]) -> str:
    has = ", ".join(map(repr, list(values)[:8])) or "no key at all"
    more = ", …" if len(values) > 8 else ""
    return f"has neither {names.text!r} nor {names.html!r}; it has {has}{more}"


def first_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """As many keys of a record, or columns of a file, as can be told of it."""
    return tuple(islice(keys, _MOST_KEYS))


def _type_name(raw: msgspec.Raw | bytes) -> str:
    first = bytes(raw).lstrip()[:1]
    return _TYPE_NAMES.get(first, "a number")
