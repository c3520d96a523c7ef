"""The document of the promises, and how tests name what they prove."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.promises import PROMISES, proves
from tools.generate import __main__, promises
from tools.generate.promises import ROOT, document, proofs, unproven

FIRST = PROMISES[0]
MARKED = f"""
@proves("{FIRST.key}", "{PROMISES[1].key}")
def test_marked(): ...

@proves("{FIRST.key}")
class TestMarked: ...

def test_unmarked(): ...
"""


def test_every_promise_is_a_sentence_of_its_own() -> None:
    for count in (Counter(one.key for one in PROMISES), Counter(one.text for one in PROMISES)):
        assert max(count.values()) == 1
    assert all(one.text.endswith(".") for one in PROMISES)


def test_a_test_cannot_name_a_promise_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"no promise 'check\.nothing'"):
        proves("check.nothing")

    (tmp_path / "test_it.py").write_text('@proves(f"check.{word}")\ndef test_it(): ...\n')
    with pytest.raises(ValueError, match=r"test_it proves .* is not the key"):
        proofs(tmp_path)


def test_the_document_lists_each_promise_with_its_tests_and_counts_those_without(tmp_path: Path) -> None:
    path = tmp_path / "test_it.py"
    path.write_text(MARKED)
    found = proofs(tmp_path)
    assert found[FIRST.key] == {path: ["test_marked", "TestMarked"]}
    assert len(unproven(found)) == len(PROMISES) - 2

    text = document({FIRST.key: {ROOT / "tests/core/test_it.py": ["test_a", "test_b"]}})
    assert f"- {FIRST.text} (`{FIRST.key}`)\n  - [tests/core/test_it.py](../tests/core/test_it.py): " in text
    assert "`test_a`, `test_b`\n" in text


@proves("make.check")
def test_a_promise_without_a_test_and_a_stale_document_fail_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(promises, "proofs", lambda _: {})
    monkeypatch.setattr(promises, "document", lambda _: "another text")
    assert __main__.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert f"no test proves {FIRST.key}: {FIRST.text}" in said
    assert "docs/promises.md is out of date: run `make generate`" in said
