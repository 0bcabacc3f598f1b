"""What is written as YAML is read back as it was."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.yaml import dump, load

# What YAML can hold and XML can carry.
TEXTS = st.text(
    alphabet=st.characters(
        codec="utf-8",
        include_characters="\n\t",
        exclude_categories=("Cc", "Cs"),
        exclude_characters="\ufffe\uffff\ufeff\u2028\u2029",
    ),
    max_size=20,
)
SCALARS = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "",
            "yes",
            "no",
            "null",
            "~",
            "2026",
            "1.10",
            "2026-03-02",
            "<<",
            "=",
            "- a",
            "a: b",
            "# a",
        ]
    ),
    st.sampled_from(
        ["a # b", "'a'", '"', "@a", "`a`", "%a", "!a", "&a", "*a", "[a", "{a}", "|", ">"]
    ),
    st.integers(-(10**14), 10**14),
    st.booleans(),
    st.none(),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(value=VALUES, flow=st.booleans())
@settings(max_examples=200, deadline=None)
def test_value_is_read_back(value: object, flow: bool) -> None:
    assert load(dump({"field": value}, flow=flow)) == {"field": value}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"date": "2026-11-21"}, "date: 2026-11-21"),
        ({"title": "2026"}, "title: '2026'"),
        ({"title": "Yes"}, "title: Yes"),
        ({"version": load("1.10")}, "version: 1.10"),
        ({"tags": ["a", "b"]}, "tags:\n  - a\n  - b"),
        ("Größe 🚀", "Größe 🚀"),
    ],
)
def test_value_looks_as_a_person_would_write_it(value: object, text: str) -> None:
    assert dump(value) == text
