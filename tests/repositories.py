"""Git repositories for tests: made with git itself, whatever the machine's settings are."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Work:
    """A repository in *folder*."""

    folder: Path

    @classmethod
    def begun(cls, folder: Path) -> "Work":
        folder.mkdir(parents=True, exist_ok=True)
        made = cls(folder)
        made.git("init", "--quiet", "--initial-branch=main")
        return made

    def git(
        self, *arguments: str, at: str = "2026-01-01T12:00:00Z", by: str = "Alex Example"
    ) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        ours = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_DATE": at,
        }
        user = ("-c", f"user.name={by}", "-c", "user.email=somebody@example.org")
        local = ("-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false")
        done = subprocess.run(
            ["git", *user, *local, *arguments],
            cwd=self.folder,
            env={**kept, **ours},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def commit(self, at: str, *, by: str = "Alex Example") -> str:
        """Commits all there is, at noon of the day *at* or at that time; answers with the name of the commit."""
        when = at if "T" in at else f"{at}T12:00:00Z"
        self.git("add", "--all", at=when)
        self.git("commit", "--quiet", "--allow-empty", "--message=one", at=when, by=by)
        return self.git("rev-parse", "HEAD")
