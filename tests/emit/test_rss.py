"""The RSS feed, read back by feedparser and lxml. The rules are those of LIBRARIES, note 5."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import feedparser
import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from itnews.emit.feed import EPOCH, Channel, FeedItem, changed, item_id
from itnews.emit.rss import rss

BERLIN = timezone(timedelta(hours=1))
CHANNEL = Channel(
    title="IT news",
    description="What IT is doing for you",
    url="https://intranet.example/it/",
    feed_url="https://intranet.example/it/feed.xml",
    language="en",
)
VPN = FeedItem(
    id="tag:intranet.example,2026:update/vpn",
    title="The VPN is faster",
    url="https://intranet.example/it/updates/vpn/",
    published=datetime(2026, 3, 2, 9, 30, tzinfo=BERLIN),
    updated=datetime(2026, 3, 4, tzinfo=UTC),
    summary="Logging in takes 3 seconds.",
    html='<p>See <a href="https://intranet.example/it/projects/vpn/">the project</a>.</p>',
    categories=("network", "vpn"),
    author="Ada Brown",
)
EXPENSES = replace(
    VPN,
    id="tag:intranet.example,2026:update/expenses",
    title="Expenses on the phone",
    url="https://intranet.example/it/updates/expenses/",
    updated=datetime(2026, 3, 9, tzinfo=UTC),
)
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def read_back(payload: bytes) -> Any:
    feed = feedparser.parse(payload)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def items(payload: bytes) -> list[etree._Element]:
    return etree.fromstring(payload).findall("channel/item")


def text(element: etree._Element, path: str) -> str:
    return element.findtext(path) or ""


def test_an_item_says_what_the_document_says() -> None:
    entry = read_back(rss(CHANNEL, [VPN])).entries[0]
    assert entry.title == "The VPN is faster"
    assert entry.link == "https://intranet.example/it/updates/vpn/"
    assert entry.id == "tag:intranet.example,2026:update/vpn"
    assert entry.summary == "Logging in takes 3 seconds."
    assert entry.content[0].value == VPN.html
    assert entry.content[0].type == "text/html"
    assert [tag.term for tag in entry.tags] == ["network", "vpn"]
    assert entry.author == "Ada Brown"
    assert entry.published == "Mon, 02 Mar 2026 08:30:00 +0000"


def test_the_channel_leads_to_the_page_and_names_its_own_address() -> None:
    feed = read_back(rss(CHANNEL, [VPN])).feed
    assert feed.title == "IT news"
    assert feed.subtitle == "What IT is doing for you"
    assert feed.link == "https://intranet.example/it/"
    assert feed.language == "en"
    assert feed.generator == "itnews"
    own = [link for link in feed.links if link.rel == "self"]
    assert [(link.href, link.type) for link in own] == [
        ("https://intranet.example/it/feed.xml", "application/rss+xml")
    ]


def test_items_stay_in_the_order_in_which_they_were_given() -> None:
    titles = [text(item, "title") for item in items(rss(CHANNEL, [EXPENSES, VPN]))]
    assert titles == ["Expenses on the phone", "The VPN is faster"]


def test_the_id_is_not_taken_for_an_address() -> None:
    guid = items(rss(CHANNEL, [VPN]))[0].find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"


def test_the_feed_is_as_new_as_its_newest_change() -> None:
    feed = read_back(rss(CHANNEL, [EXPENSES, VPN])).feed
    assert feed.updated == "Mon, 09 Mar 2026 00:00:00 +0000"


def test_an_update_dated_before_its_document_does_not_make_the_feed_older_than_its_items() -> None:
    item = replace(VPN, updated=datetime(2020, 1, 1, tzinfo=UTC))
    assert changed(CHANNEL, [item]) == VPN.published


def test_an_empty_feed_is_as_new_as_the_site() -> None:
    channel = replace(CHANNEL, newest=datetime(2026, 5, 1, tzinfo=UTC))
    feed = read_back(rss(channel, []))
    assert feed.entries == []
    assert feed.feed.updated == "Fri, 01 May 2026 00:00:00 +0000"


def test_an_empty_feed_on_an_empty_site_has_a_fixed_date() -> None:
    assert changed(CHANNEL, []) == EPOCH
    assert read_back(rss(CHANNEL, [])).feed.updated == "Sat, 01 Jan 2000 00:00:00 +0000"


def test_nothing_in_the_feed_is_the_time_of_the_run() -> None:
    first = rss(CHANNEL, [VPN, EXPENSES])
    empty = rss(CHANNEL, [])
    with time_machine.travel(datetime(2099, 9, 9, tzinfo=UTC)):
        assert rss(CHANNEL, [VPN, EXPENSES]) == first
        assert rss(CHANNEL, []) == empty


def test_a_summary_with_angle_brackets_is_text_to_a_reader_that_expects_html() -> None:
    item = replace(VPN, summary="Use <b> & not </b>", html="")
    description = text(items(rss(CHANNEL, [item]))[0], "description")
    assert description == "Use &lt;b&gt; &amp; not &lt;/b&gt;"


def test_a_description_of_the_channel_is_escaped_in_the_same_way() -> None:
    channel = replace(CHANNEL, description="R&D <news>")
    description = etree.fromstring(rss(channel, [])).findtext("channel/description")
    assert description == "R&amp;D &lt;news&gt;"


def test_a_feed_of_summaries_has_no_content() -> None:
    assert items(rss(CHANNEL, [replace(VPN, html="")]))[0].find(CONTENT) is None


def test_a_document_of_a_title_only_is_an_item() -> None:
    item = items(rss(CHANNEL, [replace(VPN, summary="", html="", author="", categories=())]))[0]
    assert [etree.QName(child).localname for child in item] == ["title", "link", "guid", "pubDate"]


def test_a_body_without_a_summary_becomes_the_description() -> None:
    item = items(rss(CHANNEL, [replace(VPN, summary="")]))[0]
    assert text(item, "description") == VPN.html


@pytest.mark.parametrize(
    "title",
    ["</title><script>alert(1)</script>", "]]>", "&amp; & &#0;", '"quoted"', "<!--", "\u202eabc"],
)
def test_a_hostile_title_comes_back_as_it_was_typed(title: str) -> None:
    assert text(items(rss(CHANNEL, [replace(VPN, title=title)]))[0], "title") == title


def test_a_title_that_nothing_can_show_gives_way_to_the_address() -> None:
    item = items(rss(CHANNEL, [replace(VPN, title="\x00\x08")]))[0]
    assert text(item, "title") == VPN.url


def test_a_channel_without_title_or_description_is_still_a_feed() -> None:
    feed = read_back(rss(replace(CHANNEL, title="", description=""), [])).feed
    assert (feed.title, feed.subtitle) == (CHANNEL.url, CHANNEL.url)


ANYTHING = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=30)


@given(title=ANYTHING, summary=ANYTHING, html=ANYTHING, author=ANYTHING, category=ANYTHING)
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_the_feed_is_well_formed_and_stays_the_same(
    title: str, summary: str, html: str, author: str, category: str
) -> None:
    item = replace(
        VPN, title=title, summary=summary, html=html, author=author, categories=(category,) * 2
    )
    channel = replace(CHANNEL, title=title, description=summary)
    payload = rss(channel, [item])
    assert len(items(payload)) == 1
    assert rss(channel, [item]) == payload


def test_addresses_beyond_ascii_are_escaped() -> None:
    item = items(rss(CHANNEL, [replace(VPN, url="https://intranet.example/für uns/")]))[0]
    assert text(item, "link") == "https://intranet.example/f%C3%BCr%20uns/"


def test_one_word_given_twice_is_one_category() -> None:
    item = items(rss(CHANNEL, [replace(VPN, categories=("VPN", "", " VPN"))]))[0]
    assert [category.text for category in item.findall("category")] == ["VPN"]


def test_a_language_with_an_underscore_is_written_as_feeds_want_it() -> None:
    assert read_back(rss(replace(CHANNEL, language="de_CH"), [])).feed.language == "de-CH"


def test_years_that_no_mail_date_can_name_do_not_break_the_feed() -> None:
    first = datetime(1, 1, 1, tzinfo=BERLIN)
    last = datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=12)))
    early, late = items(rss(CHANNEL, [replace(VPN, published=first), replace(VPN, published=last)]))
    assert text(early, "pubDate") == "Mon, 01 Jan 1900 00:00:00 +0000"
    assert text(late, "pubDate") == "Fri, 31 Dec 9999 23:59:59 +0000"


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - the point
    with pytest.raises(ValueError, match="time zone"):
        replace(VPN, published=naive)
    with pytest.raises(ValueError, match="time zone"):
        rss(replace(CHANNEL, newest=naive), [])


def test_the_id_is_made_of_what_outlives_the_address() -> None:
    assert item_id("intranet.example,2026", "update", "vpn") == VPN.id


def test_an_id_with_letters_of_any_language_is_a_valid_tag() -> None:
    assert item_id("a.example,2026", "update", "für #1") == (
        "tag:a.example,2026:update/f%C3%BCr%20%231"
    )


def test_the_bytes_of_a_feed() -> None:
    payload = rss(CHANNEL, [replace(VPN, html="<p>Körper</p>")])
    assert payload.decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">\n'
        "  <channel>\n"
        "    <title>IT news</title>\n"
        "    <link>https://intranet.example/it/</link>\n"
        "    <description>What IT is doing for you</description>\n"
        '    <atom:link href="https://intranet.example/it/feed.xml" rel="self"'
        ' type="application/rss+xml"/>\n'
        "    <docs>http://www.rssboard.org/rss-specification</docs>\n"
        "    <generator>itnews</generator>\n"
        "    <language>en</language>\n"
        "    <lastBuildDate>Wed, 04 Mar 2026 00:00:00 +0000</lastBuildDate>\n"
        "    <item>\n"
        "      <title>The VPN is faster</title>\n"
        "      <link>https://intranet.example/it/updates/vpn/</link>\n"
        "      <description>Logging in takes 3 seconds.</description>\n"
        "      <content:encoded>&lt;p&gt;Körper&lt;/p&gt;</content:encoded>\n"
        '      <guid isPermaLink="false">tag:intranet.example,2026:update/vpn</guid>\n'
        "      <category>network</category>\n"
        "      <category>vpn</category>\n"
        "      <pubDate>Mon, 02 Mar 2026 08:30:00 +0000</pubDate>\n"
        "      <dc:creator>Ada Brown</dc:creator>\n"
        "    </item>\n"
        "  </channel>\n"
        "</rss>\n"
    )
