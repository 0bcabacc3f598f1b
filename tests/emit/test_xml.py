"""Text and addresses in XML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from itnews.emit.xml import one_line, uri, writable

# Lone surrogates among them: they come from `\ud800` in a quoted YAML string.
ANYTHING = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=40)


@given(ANYTHING)
@settings(max_examples=50, deadline=None)
def test_whatever_was_typed_can_be_written_and_read_back(text: str) -> None:
    element = etree.Element("title")
    element.text = writable(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == writable(text)


def test_control_characters_go_and_the_words_stay() -> None:
    assert writable("VPN\x00 out\x1bage\ud800 \x92today\uffff") == "VPN outage today"


def test_line_ends_become_one_kind() -> None:
    assert writable("a\r\nb\rc\n") == "a\nb\nc\n"


def test_a_title_of_two_lines_is_one_line() -> None:
    assert one_line("  VPN\n\t outage\x0btoday\u2028 ") == "VPN outage today"


def test_a_title_of_control_characters_is_empty() -> None:
    assert one_line("\x00 \x01") == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://intranet/it/", "https://intranet/it/"),
        ("https://intranet/für uns/", "https://intranet/f%C3%BCr%20uns/"),
        ("https://intranet/a%20b/?q=1&r=2#top", "https://intranet/a%20b/?q=1&r=2#top"),
        ('https://intranet/"><script>/', "https://intranet/%22%3E%3Cscript%3E/"),
        ("https://intranet/\ud800a", "https://intranet/a"),
    ],
)
def test_addresses_are_ascii_and_escaped_once(address: str, expected: str) -> None:
    assert uri(address) == expected
