"""References to documents that exist and that readers of the edition do not see."""

_WHY = "it is a draft, dated later, or for other readers"


def hidden_words(written: str, *, in_body: bool, edition: str = "") -> tuple[str, str]:
    """What to say of *written*, which leads to a hidden document: the message and the hint.

    *edition* is named where there are several.
    """
    where = f" in the edition '{edition}'" if edition else ""
    message = f"'{written}' leads to a document that is hidden{where}: {_WHY}."
    left = "the link stays plain words" if in_body else "it is left out of the page"
    return message, f"{left} until readers see the document; if that is not meant, take it out"
