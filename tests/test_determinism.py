"""The same text gives the same answer: under any hash seed, in any order, in any thread or process."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import msgspec
import pytest
from conftest import outlet_of_seed, proof_texts, read_packs, read_seeds

from cleaner import Certainty, Cleaner, Document, Kind, Policy, Result, clean
from cleaner.registry import COMMON, outlet_ids

OUTLETS = (*outlet_ids(), None)
NAMES = [outlet or COMMON for outlet in OUTLETS]


@cache
def texts() -> tuple[tuple[str | None, str], ...]:
    """Every seed and every proof, with its outlet."""
    seeds = [(outlet_of_seed(name), text) for name, text in read_seeds().items()]
    proofs = [
        (None if name == COMMON else name, text)
        for name, pack in read_packs().items()
        for rule in pack.rules
        for text in proof_texts(rule)
    ]
    return (*seeds, *proofs)


def answers() -> bytes:
    """The JSON of every result, by the named outlet and by recognition."""
    results = [(clean(text, outlet=outlet), clean(text)) for outlet, text in texts()]
    return msgspec.json.encode(results)


def _digest() -> str:
    return hashlib.sha256(answers()).hexdigest()


def test_there_is_something_to_compare() -> None:
    assert len(texts()) > 100
    assert sum(bool(clean(text, outlet=outlet).removals) for outlet, text in texts()) > 50


@pytest.mark.parametrize("seed", ["0", "1", "12345"])
def test_the_hash_seed_does_not_matter(seed: str) -> None:
    code = "from test_determinism import _digest; print(_digest())"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == _digest()


def test_the_order_of_documents_does_not_matter() -> None:
    order = list(range(len(texts())))
    random.Random(1).shuffle(order)
    in_turn = [clean(text, outlet=outlet) for outlet, text in texts()]
    for at in order:
        outlet, text = texts()[at]
        assert clean(text, outlet=outlet) == in_turn[at]


@pytest.mark.parametrize("outlet", OUTLETS, ids=NAMES)
def test_a_pickled_cleaner_gives_the_same_answers(outlet: str | None) -> None:
    policy = Policy(Certainty.framed, frozenset({Kind.related, Kind.caption}))
    for each in (Cleaner.for_outlet(outlet), Cleaner.for_outlet(outlet, policy)):
        again = pickle.loads(pickle.dumps(each))
        assert again.policy == each.policy
        for _, text in texts():
            assert again(Document(text)) == each(Document(text))


def test_a_pickled_result_is_equal() -> None:
    for outlet, text in texts()[:20]:
        result = clean(text, outlet=outlet)
        assert pickle.loads(pickle.dumps(result)) == result


@pytest.mark.parametrize("outlet", OUTLETS, ids=NAMES)
def test_threads_share_one_cleaner(outlet: str | None) -> None:
    cleaner = Cleaner.for_outlet(outlet)
    documents = [Document(text) for _, text in texts()] * 2
    alone = list(map(cleaner, documents))
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(cleaner, documents)) == alone


def _in_a_process(part: tuple[Cleaner, list[Document]]) -> list[Result]:
    cleaner, documents = part
    return list(map(cleaner, documents))


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_processes_give_the_same_answers(method: str) -> None:
    documents = [Document(text) for _, text in texts()[:60]]
    parts = [(Cleaner.for_outlet(outlet), documents) for outlet in ("viva", None)]
    with ProcessPoolExecutor(2, get_context(method)) as pool:
        assert list(pool.map(_in_a_process, parts)) == list(map(_in_a_process, parts))


def test_a_cleaner_keeps_nothing_of_the_documents_it_has_seen() -> None:
    cleaner = Cleaner.for_outlet("viva")
    text = read_seeds("[0-9]*")
    first = [cleaner(Document(each)) for each in text.values()]
    assert cleaner(Document("")) == Result("", outlet="viva")
    assert [cleaner(Document(each)) for each in text.values()] == first


def test_results_can_be_written_as_json_and_read_back() -> None:
    for result, _ in json.loads(answers())[:5]:
        assert set(result) == {*Result.__struct_fields__}
