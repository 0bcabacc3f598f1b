"""Where a body uses terms of the glossary, and how they are explained there."""

import re

import pytest

from itnews.markup.html import fill
from itnews.markup.terms import first_uses
from itnews.model.glossary import Gloss
from itnews.paths import source_path

PAGE = source_path("content/pages/a.md")


def gloss(name: str, *words: str, plain: str = "A meaning.") -> Gloss:
    path = source_path(f"content/glossary/{name}.md")
    return Gloss(path, name, words[0], plain, f"/it/glossary/{name}/", words)


VPN = gloss("vpn", "VPN", "tunnel")
SIGN_ON = gloss("sso", "single sign-on", "SSO")
ON = gloss("on", "sign-on")
GLOSSARY = (ON, SIGN_ON, VPN)


def marked(markup: str, *glosses: Gloss) -> str:
    """*markup* with each marked word between brackets, its meaning left out."""
    uses = first_uses(markup, glosses or GLOSSARY, apart_from=PAGE)
    shown = re.sub(r'<span class="gloss".*?</span>', "", fill(markup, (), uses))
    return re.sub(r"(?s)<button[^>]*>(.*?)</button>", r"[\1]", shown)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>The VPN and the VPN.</p>", "<p>The [VPN] and the VPN.</p>"),
        ("<p>A Tunnel, or VPN.</p>", "<p>A [Tunnel], or VPN.</p>"),
        ("<p>vpn and sso</p>", "<p>vpn and sso</p>"),
        ("<p>VPNs, myVPN</p>", "<p>VPNs, myVPN</p>"),
        ("<p>Single\nSign-On and a sign-on</p>", "<p>[Single\nSign-On] and a [sign-on]</p>"),
        ("<h2>VPN</h2><p>VPN</p>", "<h2>VPN</h2><p>[VPN]</p>"),
        ('<p><a href="/x"><em>VPN</em></a> VPN</p>', '<p><a href="/x"><em>VPN</em></a> [VPN]</p>'),
        ("<p><code>VPN</code> <em>VPN</em></p>", "<p><code>VPN</code> <em>[VPN]</em></p>"),
        ("<pre>VPN</pre><ul><li>VPN</li></ul>", "<pre>VPN</pre><ul><li>[VPN]</li></ul>"),
        ("<details><summary>VPN</summary>VPN</details>", "<details><summary>VPN</summary>[VPN]</details>"),
        ('<p><img alt="a tunnel" src="VPN"> VPN</p>', '<p><img alt="a tunnel" src="VPN"> [VPN]</p>'),
        ("<script>VPN</script><!-- VPN --><p>VPN</p>", "<script>VPN</script><!-- VPN --><p>[VPN]</p>"),
        ("VPN", "[VPN]"),
    ],
)  # fmt: skip
def test_the_first_use_in_the_text_is_marked(markup: str, expected: str) -> None:
    assert marked(markup) == expected


def test_a_word_is_found_as_it_is_escaped_and_curled() -> None:
    glosses = (gloss("rd", "R&D"), gloss("amp", "amp"), gloss("quote", "driver's seat"))
    assert marked("<p>R&amp;D &amp; the driver’s seat</p>", *glosses) == (
        "<p>[R&amp;D] &amp; the [driver’s seat]</p>"
    )


def test_a_letter_in_capitals_does_not_make_an_abbreviation() -> None:
    assert marked("<p>an ESIM, an esim</p>", gloss("esim", "eSIM")) == "<p>an [ESIM], an esim</p>"


def test_a_term_does_not_explain_itself_on_its_own_page() -> None:
    assert first_uses("<p>VPN</p>", GLOSSARY, apart_from=VPN.path) == ()


def test_the_meaning_opens_from_a_button_and_leads_to_the_term() -> None:
    markup = "<p>VPN</p>"
    uses = first_uses(markup, (gloss("vpn", "VPN", plain="A <safe> way & more."),), apart_from=PAGE)
    assert fill(markup, (), uses) == (
        '<p><button type="button" class="term" popovertarget="term:vpn">VPN</button>'
        '<span class="gloss" id="term:vpn" popover="auto"><a href="/it/glossary/vpn/">VPN</a>'
        " A &lt;safe&gt; way &amp; more.</span></p>"
    )
