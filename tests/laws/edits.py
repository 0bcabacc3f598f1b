"""Random edits to a small site, as an author, a designer and a publisher make them. The seed decides everything."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from tests.sites import SETTINGS, Site, contents

DOCUMENTS = 10
"""At most as many documents has a site of the laws."""

EDITIONS = """\
editions:
  public: {shows: [], output: output}
  board: {shows: [board], output: output}
"""

_WORDS = [
    "ferry",
    "invoice",
    "roster",
    "claim",
    "pier",
    "summer",
    "cabin",
    "ledger",
    "harbour",
    "ticket",
]
_KINDS = (
    "updates",
    "updates",
    "updates",
    "updates",
    "projects",
    "accomplishments",
    "departments",
    "goals",
    "people",
    "pages",
    "roadmaps",
    "notices",
    "asks",
    "consultations",
    "services",
    "glossary",
)
_TEMPLATES = {
    "404": [
        "<p>{{ site.setting('site.title') }}</p>",
        "{{ site.setting('labels.status') }}",
        "{{ nothing }}",
    ],
    "update": [
        '{% extends "parent:update.html" %}{# as it is #}',
        '{% extends "parent:update.html" %}{% block last %}{{ site.asset("own.css") }}{% endblock %}',
        '{% extends "parent:update.html" %}{% block last %}{{ site.fragment("own.html") }}{% endblock %}',
        '{% extends "parent:update.html" %}{% block last %}{% for one in site.query("project") %}'
        "{{ site.project(one.path).item.status }}{% endfor %}{% endblock %}",
        "{% if %}",
    ],
    "own": [
        "{{ site.today() }}",
        '{{ site.fragment("other.html") }}',
        "{% for word in site.setting('labels.status') or [] %}{{ word }} {% endfor %}",
    ],
    "other": ["{{ site.setting('mission') }}", '{{ site.fragment("own.html") }}'],
}
"""Overrides, some of them faulty: with a missing asset, a missing fragment, a ring of fragments, a syntax error."""

_CHILD = {
    "theme.yaml": ["", "title: Child\n", "parent: newsroom\n", "parent: child\n", "oops: 1\n"],
    "templates/update.html": [
        '{% extends "parent:update.html" %}{% block last %}{{ super() }}child{% endblock %}',
        '{% extends "parent:update.html" %}{% block nowhere %}{% endblock %}',
        '{% include "partials/of-the-child.html" %}',
    ],
    "templates/partials/of-the-child.html": ["a part", "{{ site.asset('own.css') }}"],
    "templates/list-projects.html": ['{% extends "list.html" %}'],
    "assets/own.css": ["/* the child's */"],
}
"""A theme of the site's, by its files; some of them faulty: its own parent, an unknown setting, a lost block."""

_SETTINGS = (
    "",
    "theme: {name: child}\n",
    "theme: {name: child, accent: '#5b0f4e'}\n",
    "theme: {accent: '#5b0f4e'}\n",
    "feeds: {items: 2}\n",
    "links: {ignore: ['/gone/*']}\n",
    "field_names: {oops: summary, excerpt: summary}\n",
    "field_names: {excerpt: summary, oops: summary}\n",
    "labels: {status: {on-track: Fine, at-risk: Hm}}\n",
    "labels: {status: {at-risk: Hm, on-track: Fine}}\n",
    "menu: [{title: Help, url: /updates/}]\nmission: To sail.\n",
)

_VIEWS = (
    "updates: {limit: 2}",
    "roadmap:",
    "notices:",
    "asks:",
    "people: {limit: 1}",
    "goals: {lost: 1}",
)

_MARK = re.compile(r"q[0-9]+x")
_DATED = {"updates", "accomplishments", "roadmaps", "notices", "asks", "consultations"}

Edit = Callable[[], str]


class Editor:
    """Edits *site*; each edit says in words what it did. *seed* decides which edits and of what."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site = site
        self.chance = random.Random(seed)
        self.beside = random.Random(-1 - seed)  # what it decides leaves the known seeds as they are
        self.serial = 0
        site.write("itnews.yaml", SETTINGS + EDITIONS)
        site.edition = "public"
        for _ in range(self.chance.randint(3, 6)):
            self.add()

    def edits(self, count: int) -> Iterator[str]:
        """Makes *count* edits, one at each step."""
        for _ in range(count):
            yield self.chance.choice(self._choices())()

    def hidden_marks(self) -> frozenset[str]:
        """The marks, in names and titles, of documents that the edition `public` must not see."""
        found = set()
        for path in self._documents():
            _, front, _ = (self.site.folder / path).read_text(encoding="utf-8").split("---\n", 2)
            if "visibility: board\n" in front or "draft: true\n" in front:
                found |= set(_MARK.findall(path + front.partition("\n")[0]))
        return frozenset(found)

    def _choices(self) -> list[Edit]:
        few = len(self._documents()) < DOCUMENTS
        return [
            *([self.add, self.add] if few else []),
            self.change_body, self.change_body, self.change_title, self.change_field,
            self.rename, self.delete, self.draft, self.move_between_editions, self.see_other_edition,
            self.edit_template, self.remove_templates, self.turn_an_asset,
            self.wear_the_child_theme, self.turn_the_child_theme,
            self.turn_a_static_file, self.introduce, self.edit_settings, self.move_the_clock, self.lose_an_output,
            self.break_front_matter, self.edit_companion,
        ]  # fmt: skip

    def add(self) -> str:
        self.serial += 1
        folder = self.chance.choice(_KINDS)
        path = f"content/{folder}/{self.chance.choice(_WORDS)}-q{self.serial}x.md"
        front = self._front(folder)
        front["title"] += f" q{self.serial}x"
        self._write(path, front, self._body())
        return f"add {path}"

    def change_body(self) -> str:
        path, front, _ = self._any()
        self._write(path, front, self._body())
        return f"change the body of {path}"

    def change_title(self) -> str:
        path, front, body = self._any()
        self._write(
            path, {**front, "title": f"{self._title()} {' '.join(_MARK.findall(path))}"}, body
        )
        return f"change the title of {path}"

    def change_field(self) -> str:
        path, front, body = self._any()
        fresh = self._front(path.split("/")[1])
        name = self.chance.choice([name for name in fresh if name != "title"] or ["title"])
        self._write(path, {**front, name: fresh[name]}, body)
        return f"change {name} of {path}"

    def rename(self) -> str:
        path, front, body = self._any()
        if "/index.md" in path:
            return "rename nothing"
        self.site.remove(path)
        self.serial += 1
        target = f"{path.rpartition('/')[0]}/renamed-q{self.serial}x.md"
        self._write(target, front, body)
        return f"rename {path} to {target}"

    def delete(self) -> str:
        path, _, _ = self._any()
        if len(self._documents()) > 1:
            self.site.remove(path)
        return f"delete {path}"

    def draft(self) -> str:
        path, front, body = self._any()
        turned = {**front, "draft": "false" if front.get("draft") == "true" else "true"}
        self._write(path, turned, body)
        return f"turn the draft flag of {path}"

    def move_between_editions(self) -> str:
        path, front, body = self._any()
        hidden = front.get("visibility") == "board"
        self._write(path, {**front, "visibility": "everyone" if hidden else "board"}, body)
        return f"move {path} between editions"

    def see_other_edition(self) -> str:
        self.site.edition = "board" if self.site.edition == "public" else "public"
        return f"build the edition {self.site.edition} into the same folder"

    def edit_template(self) -> str:
        name = self.chance.choice(sorted(_TEMPLATES))
        self.site.write(f"theme/templates/{name}.html", self.chance.choice(_TEMPLATES[name]))
        return f"override {name}.html"

    def remove_templates(self) -> str:
        for path in sorted((self.site.folder / "theme").rglob("*.html")):
            path.unlink()
        return "remove the template overrides"

    def turn_an_asset(self) -> str:
        asset = self.site.folder / "theme/assets/own.css"
        if asset.exists() and self.chance.random() < 0.5:
            asset.unlink()
            return "remove the theme's own.css"
        self.site.write("theme/assets/own.css", f"/* {self._title()} */")
        return "write the theme's own.css"

    def wear_the_child_theme(self) -> str:
        self.site.write("themes/child/theme.yaml", "")
        self.site.write("itnews.yaml", SETTINGS + EDITIONS + "theme: {name: child}\n")
        return "choose the child theme"

    def turn_the_child_theme(self) -> str:
        name = self.chance.choice(sorted(_CHILD))
        file = self.site.folder / "themes/child" / name
        if file.exists() and self.chance.random() < 0.3:
            file.unlink()
            return f"remove {name} of the child theme"
        self.site.write(f"themes/child/{name}", self.chance.choice(_CHILD[name]))
        return f"write {name} of the child theme"

    def turn_a_static_file(self) -> str:
        file = self.site.folder / "static/files/list.txt"
        if file.exists() and self.chance.random() < 0.5:
            file.unlink()
            return "remove a static file"
        self.site.write("static/files/list.txt", self._title())
        return "write a static file"

    def introduce(self) -> str:
        folder = self.chance.choice(("updates", "projects"))
        self.site.document(f"{folder}/index", self._body(), title=self._title())
        return f"introduce {folder}"

    def edit_settings(self) -> str:
        changes = (
            ("title: IT News", f"title: {self._title()}"),
            ("Europe/Berlin", self.chance.choice(("UTC", "Asia/Tokyo", "America/New_York"))),
            ("/it/", self.chance.choice(("/", "/it/", "/news/it/"))),
            ("organisation: Example", f"organisation: {self._title()}"),
        )
        old, new = self.chance.choice(changes)
        extra = self.chance.choice(_SETTINGS)
        self.site.write("itnews.yaml", SETTINGS.replace(old, new) + EDITIONS + extra)
        return f"settings: {new!r} {extra!r}"

    def move_the_clock(self) -> str:
        days = self.chance.choice((-400, -30, -1, 1, 2, 30, 400))
        self.site.now += timedelta(days=days, hours=self.chance.randint(0, 23))
        return f"the clock says {self.site.now}"

    def lose_an_output(self) -> str:
        files = [
            path
            for path in sorted(self.site.output.rglob("*"))
            if path.is_file() and path.name[0] != "."
        ]
        if not files:
            return "no output to lose"
        path = self.chance.choice(files)
        if self.chance.random() < 0.5:
            path.unlink()
            return f"delete the output {path.name}"
        path.write_bytes(b"altered")
        return f"alter the output {path.name}"

    def break_front_matter(self) -> str:
        path, front, body = self._any()
        wrong = self.chance.choice(
            ({"date": "2026-13-40"}, {"horizon": "soonish"}, {"oops": "1"}, {"goals": "nowhere"})
        )
        self._write(path, {**front, **wrong}, body)
        return f"put {wrong} into {path}"

    def edit_companion(self) -> str:
        folder = self.site.folder / "content/updates"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "chart.svg").write_text(f"<svg><title>{self._title()}</title></svg>")
        return "edit the chart beside the updates"

    def _front(self, folder: str) -> dict[str, str]:
        chance = self.chance
        front = {"title": self._title()}
        if folder in _DATED:
            front["date"] = (
                f"{chance.choice((2025, 2026))}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            )
        options = {
            "tags": f"[{chance.choice(_WORDS)}, {chance.choice(_WORDS).upper()}]",
            "summary": self._title(),
            "excerpt": self._title(),
            "expires": f"2026-{chance.randint(1, 12):02}-15",
            "publish_at": f"2026-{chance.randint(1, 12):02}-10",
            "aliases": f"[/old/{chance.choice(_WORDS)}/]",
            "audience": self._id("departments") or "everyone",
            "goals": f"[{self._id('goals')}]",
            "services": f"[{self._id('services')}]",
            "owner": self._id("people") or "Somebody",
            "slug": chance.choice(_WORDS),
            "action": f"{{what: Reply, by: 2026-{chance.randint(1, 12):02}-20}}",
        }
        if folder == "updates":
            options |= {
                "project": self._id("projects"),
                "status": chance.choice(("on-track", "at-risk")),
                "image": "chart.svg",
            }
        if folder == "projects":
            options |= {
                "horizon": chance.choice(("now", "next", "done")),
                "target": "2026-Q4",
                "status": "on-track",
            }
        options |= self._own(folder)
        chosen = chance.sample(sorted(options), chance.randint(0, 5))
        if folder == "glossary":
            word = self.beside.choice(_WORDS)
            front |= {"plain": f"About a {word}.", "also_called": f"[{word}, {word.upper()}]"}
        return front | {name: options[name] for name in chosen if options[name]}

    def _own(self, folder: str) -> dict[str, str]:
        """Fields of kinds whose state is worked out from the clock and from other documents."""
        chance = self.chance
        day = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        if folder == "notices":
            return {
                "notice_type": chance.choice(("incident", "change", "freeze")),
                "starts": f"{day} 08:00",
                "duration": chance.choice(("90m", "2h", "30d")),
                "certainty": chance.choice(("tentative", "cancelled")),
                "supersedes": self._id("notices"),
                "timeline": f"[{{at: {day} 09:00, state: {chance.choice(('resolved', 'monitoring'))}}}]",
            }
        if folder == "asks":
            return {
                "asked_by": self._id("departments") or self._id("people"),
                "asked_on": day,
                "state": chance.choice(("looking", "done", "declined")),
                "answer": self._title(),
                "answered_on": day,
                "project": self._id("projects"),
            }
        if folder == "consultations":
            return {"opens": f"{day} 08:00", "closes": "2026-12-31", "outcome": self._title()}
        return {}

    def _body(self) -> str:
        chance = self.chance
        parts = [" ".join(chance.choices(_WORDS, k=12)) + "."]
        target = chance.choice(self._documents() or ["content/updates/none.md"])
        folder, name = target.split("/")[1], target.rpartition("/")[2].removesuffix(".md")
        kind = {"people": "person", "glossary": "term"}.get(folder, folder.removesuffix("s"))
        parts += chance.sample(
            [
                f"# {chance.choice(_WORDS).title()}",
                f"See [this](../{folder}/{name}.md) and [](../{folder}/{name}.md#{chance.choice(_WORDS)}).",
                f"Or [that]({kind}:{name}).",
                "![Chart](chart.svg)",
                "[A list](/updates/), [a tag](/tags/ferry/), [gone](/gone/away/).",
            ],
            chance.randint(0, 3),
        )
        if self.beside.random() < 0.25:
            parts.append(f"```itnews\n{self.beside.choice(_VIEWS)}\n```")
        return "\n\n".join(parts)

    def _title(self) -> str:
        return " ".join(self.chance.choices(_WORDS, k=3)).capitalize()

    def _id(self, folder: str) -> str:
        found = [path for path in self._documents() if path.startswith(f"content/{folder}/")]
        return self.chance.choice(found).rpartition("/")[2].removesuffix(".md") if found else ""

    def _documents(self) -> list[str]:
        content = self.site.folder / "content"
        return [
            path.relative_to(self.site.folder).as_posix() for path in sorted(content.rglob("*.md"))
        ]

    def _any(self) -> tuple[str, dict[str, str], str]:
        path = self.chance.choice(self._documents())
        _, front, body = (self.site.folder / path).read_text(encoding="utf-8").split("---\n", 2)
        fields = dict(line.split(": ", 1) for line in front.splitlines())
        return path, fields, body

    def _write(self, path: str, front: dict[str, str], body: str) -> None:
        lines = "".join(f"{name}: {value}\n" for name, value in front.items())
        self.site.write(path, f"---\n{lines}---\n{body.strip()}\n")


def differences(first: Path, second: Path) -> list[str]:
    """The relative paths of what two output folders do not have in common, byte for byte."""
    one, other = contents(first), contents(second)
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
