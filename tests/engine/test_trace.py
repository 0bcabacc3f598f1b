"""`why_stale`: the one place that decides whether an answer still holds."""

from itnews.digest import Digest
from itnews.engine.key import Key
from itnews.engine.trace import Trace, why_stale

PAGE: Key[object] = Key("page", "content/updates/vpn.md", "public")
CARD: Key[object] = Key("card", "content/updates/vpn.md")
BODY: Key[object] = Key("body", "content/updates/vpn.md", "public")
CODE = Digest("code")
TRACE = Trace(PAGE, CODE, ((CARD, Digest("c1")), (BODY, Digest("b1"))))


def test_an_answer_that_was_never_given_has_to_be_made() -> None:
    assert why_stale(None, CODE, lambda key: Digest("")) == "made for the first time"


def test_an_answer_holds_while_all_that_it_read_is_as_it_was() -> None:
    digests = {CARD: Digest("c1"), BODY: Digest("b1")}
    assert why_stale(TRACE, CODE, digests.__getitem__) is None


def test_another_version_of_the_code_makes_everything_again() -> None:
    reason = why_stale(TRACE, Digest("newer"), lambda key: Digest("c1"))
    assert reason == "made by another version of itnews or its libraries"


def test_the_reason_names_what_has_changed() -> None:
    digests = {CARD: Digest("c1"), BODY: Digest("b2")}
    reason = why_stale(TRACE, CODE, digests.__getitem__)
    assert reason == "body content/updates/vpn.md (public) has changed"


def test_nothing_is_asked_beyond_the_first_read_that_differs() -> None:
    asked = []

    def digest_of(key: Key[object]) -> Digest:
        asked.append(key)
        return Digest("c2")

    assert why_stale(TRACE, CODE, digest_of)
    assert asked == [CARD]
