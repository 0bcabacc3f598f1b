"""Whether git is writing the files of a site."""

from pathlib import Path

from itnews.live.git import git_busy_in


def test_a_folder_that_becomes_a_repository_while_it_is_watched(tmp_path: Path) -> None:
    site = tmp_path / "intranet/site"
    site.mkdir(parents=True)
    is_busy = git_busy_in(site)
    assert not is_busy()
    lock = tmp_path / ".git/index.lock"
    lock.parent.mkdir()
    assert not is_busy()
    lock.touch()
    assert is_busy()
    lock.unlink()
    assert not is_busy()


def test_a_work_tree_has_its_lock_elsewhere(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "main/.git/worktrees/site"
    site.mkdir()
    elsewhere.mkdir(parents=True)
    (site / ".git").write_text("gitdir: ../main/.git/worktrees/site\n")
    is_busy = git_busy_in(site)
    assert not is_busy()
    (elsewhere / "index.lock").touch()
    assert is_busy()


def test_a_file_that_names_no_repository_is_none(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("nothing of the kind")
    assert not git_busy_in(tmp_path)()
