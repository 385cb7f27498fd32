"""Every rule names what it rests on, and a person reads it in Vietnamese."""

from __future__ import annotations

import pytest

from app.records.checks import RULES
from app.records.checks.sources import basis, is_sound


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_names_its_source(rule: str) -> None:
    assert is_sound(RULES[rule].source)
    words = basis(RULES[rule].source)
    assert words
    assert not any(english in words for english in ("Circular", "article", "domain", "practice", "form"))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Circular 27, article 7.1a", "Thông tư 27/2020, Điều 7.1a"),
        ("Circular 27, articles 6 and 7", "Thông tư 27/2020, Điều 6 và 7"),
        ("Circular 27, form: personal page", "Thông tư 27/2020, mẫu học bạ"),
        ("Circular 27, form guidance: the last", "Thông tư 27/2020, hướng dẫn ghi học bạ"),
        ("Circular 32/2018: subjects", "Thông tư 32/2018"),
        ("Decree 88/2026, article 9", "Nghị định 88/2026, Điều 9"),
        ("practice (domain 1.3), not law", "Thực tế ở trường; Cách kiểm tra định kì trong thực tế"),
        ("domain 5.3: 12 digits; domain 5.3: digit 4", "Cấu tạo số định danh cá nhân"),
    ],
)
def test_sources_in_vietnamese(source: str, words: str) -> None:
    assert basis(source) == words


@pytest.mark.parametrize("source", ["one pupil, one class", "plausible heights", "domain 99.9: nowhere", ""])
def test_a_weak_source_is_found(source: str) -> None:
    assert not is_sound(source)
