"""Posts to measure with: the same number and seed give the same bytes, for itnews and for Hugo.

    python -m benchmarks.corpus 1000 DEST [--form itnews|hugo] [--seed 7]

A post is made from its number alone, so that forty thousand of them need no memory.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal

Form = Literal["itnews", "hugo"]

SEED = 7
TITLE = "IT News"
"""The title of the site."""

FOLDERS: dict[Form, str] = {"itnews": "content/updates", "hugo": "content/posts"}
"""Where the posts lie in a site. Their addresses are `/updates/<slug>/` in both."""

HUGO = Path(__file__).resolve().parent / "hugo"
"""Settings, layouts and style sheet of the site in Hugo's form."""

SETTINGS = f"""\
site:
  id: bench.example.org,2026
  title: {TITLE}
  base_url: https://bench.example.org/
  organisation: Example
  description: What the IT department is doing
  timezone: UTC
"""

_BEGIN = datetime(2021, 1, 4, 6, 0, tzinfo=UTC)
_SPAN = timedelta(days=5 * 365)
_DIAGRAMS = 20

TAGS = (
    *("accounts", "archive", "backup", "certificates", "cloud", "collaboration", "dashboards"),
    *("databases", "desktops", "e-mail", "encryption", "identity", "integration", "invoicing"),
    *("licences", "maintenance", "mobile", "monitoring", "network", "passwords", "payroll"),
    *("printing", "privacy", "reporting", "search", "storage", "telephony", "training"),
    *("vpn", "wifi"),
)
CATEGORIES = (
    *("Applications", "Infrastructure", "Operations", "Platform"),
    *("Research", "Security", "Service Desk", "Workplace"),
)
_WHO = (
    *("The network group", "Our colleagues in payroll", "The storage team", "A pilot group"),
    *("The service desk", "Two engineers from the depot", "The security office", "The supplier"),
    *("Everyone on the night shift", "The data team", "The change board", "A team of five"),
)
_DID = (
    *("moved", "tested", "replaced", "simplified", "documented", "switched off", "repaired"),
    *("extended", "checked", "divided", "rebuilt", "ordered", "postponed", "accepted"),
)
_WHAT = (
    *("the old file server", "the sign-in page", "the invoice scanner", "the phone exchange"),
    *("the ticket queue", "the nightly backup", "the booking system", "the meeting rooms' screens"),
    *("the print service", "the test environment", "the payroll interface", "the mail filter"),
    *("the wireless access points", "the report generator", "the asset register"),
)
_HOW = (
    *("in one weekend", "without an interruption", "after three weeks of tests"),
    *("because its contract ends in June", "with half of the planned effort"),
    *("once the last open question was answered", "so that audits take hours and not days"),
    *("to halve the time that people wait", "although a part arrived late"),
    *("together with the departments that use it", "and wrote down what was learned"),
)
_ASIDE = (
    *("Nobody has to do anything.", "The figures are on the dashboard.", "Questions are welcome."),
    *("It took 95 ms before & takes 12 ms now.", '"I did not notice," said one of the testers.'),
    *("The next date is in the calendar.", "There is a course for it in spring."),
)
_HEADINGS = (
    *("What is new", "Why we do this", "What comes next", "Dates", "How it was measured"),
    *("What we learned", "Who is concerned", "How it began", "Costs", "Where to ask"),
)
_THINGS = (
    *("Archive", "Booking", "Calendar", "Directory", "Gateway", "Inventory", "Mailbox"),
    *("Network", "Payroll", "Phone", "Portal", "Printer", "Scanner", "Warehouse"),
)
_EVENTS = (
    *("migration", "pilot", "upgrade", "review", "renewal", "hand-over", "rehearsal"),
    *("roll-out", "clean-up", "audit", "purchase", "retirement"),
)
_OUTCOMES = (
    *("begins", "is complete", "costs less", "reaches all offices", "passes its tests"),
    *("is two weeks late", "in figures", "needs testers", "has a new owner", "explained"),
)
_CODE = (
    "```python\ndef waiting(minutes: list[int]) -> float:\n"
    '    """The mean of the waiting times, in minutes."""\n'
    "    if not minutes:\n        return 0.0\n    return sum(minutes) / len(minutes)\n```",
    "```bash\nset -eu\nwhile read -r host; do\n"
    '    ssh "$host" uptime || echo "no answer: $host" >&2\ndone < hosts.txt\n```',
    '```json\n{\n  "queue": "invoices",\n  "workers": 4,\n  "retry": {"times": 3, "seconds": 20}\n}\n```',
    "```yaml\nservice: sign-in\nreplicas: 3\nlimits:\n  memory: 512Mi\n  cpu: 500m\n```",
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What others need of post *number* to link to it."""

    number: int
    title: str

    @property
    def slug(self) -> str:
        """The file's name without `.md`, and the last part of the address."""
        return f"{self.title.lower().replace(' ', '-')}-{self.number:05d}"

    @property
    def link(self) -> str:
        """A Markdown link to the post."""
        return f"[{self.title}](/updates/{self.slug}/)"


@dataclass(frozen=True, slots=True)
class Post:
    """One post. *tags* are three, and the category as the fourth; *lead* is the first paragraph of the body."""

    slug: str
    title: str
    date: datetime
    tags: tuple[str, ...]
    summary: str
    lead: str
    rest: str

    @property
    def text(self) -> str:
        """The file: front matter, which is the same for itnews and Hugo, and body."""
        front = {"tags": list(self.tags), "summary": self.summary}
        lines = [
            f"title: {json.dumps(self.title)}",
            f"date: {self.date:%Y-%m-%dT%H:%M:%SZ}",
            *(f"{name}: {json.dumps(value)}" for name, value in front.items()),
        ]
        return "\n".join(["---", *lines, "---", "", self.lead, "", self.rest, ""])


def outline(number: int, seed: int = SEED) -> Outline:
    """The outline of post *number*."""
    rng = Random(f"{seed} title {number}")
    return Outline(number, f"{rng.choice(_THINGS)} {rng.choice(_EVENTS)} {rng.choice(_OUTCOMES)}")


def post(number: int, of: int, seed: int = SEED) -> Post:
    """Post *number*, from 0, of a corpus *of* so many; the first is the oldest."""
    rng = Random(f"{seed} post {number} of {of}")
    head = outline(number, seed)
    return Post(
        slug=head.slug,
        title=head.title,
        date=_BEGIN + _SPAN * ((number + rng.random() * 0.9) / of),
        tags=(*rng.sample(TAGS, 3), rng.choice(CATEGORIES)),
        summary=_claim(rng) + ".",
        lead=_paragraph(rng, 2),
        rest=_rest(rng, head, [outline(rng.randrange(of), seed) for _ in range(2)]),
    )


def _claim(rng: Random) -> str:
    return f"{rng.choice(_WHO)} {rng.choice(_DID)} {rng.choice(_WHAT)} {rng.choice(_HOW)}"


def _sentence(rng: Random) -> str:
    who, did, what, how = (rng.choice(part) for part in (_WHO, _DID, _WHAT, _HOW))
    match rng.randrange(12):
        case 0:
            what = f"**{what}**"
        case 1:
            did = f"*{did}*"
        case 2:
            how += f" (`job-{rng.randint(1, 99)} --check` shows the state)"
    aside = f" {rng.choice(_ASIDE)}" if rng.random() < 0.2 else ""
    return f"{who} {did} {what} {how}.{aside}"


def _paragraph(rng: Random, sentences: int) -> str:
    return " ".join(_sentence(rng) for _ in range(sentences))


def _rest(rng: Random, head: Outline, others: Sequence[Outline]) -> str:
    """The body after the lead: five headings with something of everything, filled up with paragraphs."""
    blocks = _blocks(rng, head, others)
    sections = [blocks[first::5] for first in range(5)]
    target = rng.randint(260, 600)
    words = sum(len(block.split()) for block in blocks)
    turn = 0
    while words < target:
        filler = _paragraph(rng, rng.randint(2, 3))
        section = sections[turn % 5]
        section.insert(rng.randint(0, len(section)), filler)
        words += len(filler.split())
        turn += 1
    lines: list[str] = []
    headings = rng.sample(_HEADINGS, 5)
    for level, heading, section in zip(
        ("##", "##", "###", "##", "###"), headings, sections, strict=True
    ):
        lines += [f"{level} {heading}", *section]
    return "\n\n".join(lines)


def _blocks(rng: Random, head: Outline, others: Sequence[Outline]) -> list[str]:
    first, second = others
    bullets = "\n".join(f"- {_claim(rng)}" for _ in range(4))
    steps = "\n".join(f"{step}. {_claim(rng)}" for step in range(1, 5))
    project = f"https://projects.example.com/{rng.randint(1, 400)}?from=news&lang=en"
    blocks = [
        f"The [plan of the project]({project}) has the details; we wrote about it in {first.link}.",
        f"{bullets}\n- **Questions:** [service desk](https://desk.example.com/{head.number})",
        steps,
        _table(rng),
        f"> **Note:** {_sentence(rng)}\n> {rng.choice(_ASIDE)}",
        f"{_sentence(rng)} See also {second.link}.",
    ]
    if head.number % 4 == 0:
        blocks.append(_CODE[head.number // 4 % len(_CODE)])
    if head.number % 5 == 0:
        picture = _picture(head.number % _DIAGRAMS)
        blocks.append(f"![How it is connected: {head.title.lower()}](/{picture})")
    return blocks


def _table(rng: Random) -> str:
    rows = (
        f"| {rng.choice(_WHAT)} | {rng.randint(100, 900)} ms | {rng.randint(10, 99)} ms | -{rng.randint(10, 90)} % |"
        for _ in range(4)
    )
    return "\n".join(["| What | Before | Now | Change |", "|---|---:|---:|:-:|", *rows])


def _picture(number: int) -> str:
    """The path of a picture below `static/`, which is its address too."""
    return f"img/diagram-{number}.svg"


def _drawing(number: int) -> str:
    bars = "".join(
        f'<rect x="{20 * bar}" y="0" width="12" height="{10 + (7 * bar + 13 * number) % 80}"/>'
        for bar in range(8)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="160" height="90" viewBox="0 0 160 90">{bars}</svg>\n'


def write_corpus(number: int, folder: Path, form: Form = "itnews", seed: int = SEED) -> None:
    """Writes a whole site of *number* posts into *folder*, which may be there already."""
    posts, pictures = folder / FOLDERS[form], folder / "static" / "img"
    posts.mkdir(parents=True, exist_ok=True)
    pictures.mkdir(parents=True, exist_ok=True)
    if form == "hugo":
        shutil.copytree(HUGO, folder, dirs_exist_ok=True)
    else:
        save(folder / "itnews.yaml", SETTINGS)
    for diagram in range(_DIAGRAMS):
        save(folder / "static" / _picture(diagram), _drawing(diagram))
    for each in range(number):
        made = post(each, number, seed)
        save(posts / f"{made.slug}.md", made.text)


def save(path: Path, text: str) -> None:
    """Writes *text* over the file at *path*, in place, as a plain editor does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("number", metavar="N", type=int, help="how many posts")
    parser.add_argument("folder", metavar="DEST", type=Path, help="where the site is written")
    parser.add_argument("--form", choices=sorted(FOLDERS), default="itnews")
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    write_corpus(chosen.number, chosen.folder, chosen.form, chosen.seed)


if __name__ == "__main__":
    main()
