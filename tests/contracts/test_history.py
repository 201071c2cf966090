"""`history: {keep: N}`: the one place that rewrites a branch, and all that it must not do."""

from pathlib import Path

import pytest

from omnigrid.model.publishing import Update
from support.hosted import commit_as_another
from support.servers.repository import git
from support.tended import Tended


def site(number: int) -> dict[str, bytes]:
    return {"index.html": f"<h1>{number}</h1>\n".encode(), "css/site.css": b"h1 {}\n"}


@pytest.fixture
def tended(tmp_path: Path) -> Tended:
    return Tended(tmp_path / "site")


def published(tended: Tended, count: int) -> None:
    for number in range(count):
        tended.publish(site(number), 1_700_000_000 + number)


def test_nothing_is_rewritten_by_default(tended: Tended) -> None:
    published(tended, 6)
    assert len(tended.commits()) == 6


def test_older_commits_become_the_root(tended: Tended) -> None:
    published(tended, 5)
    trees, before = tended.trees(), tended.repository.git("log", "--format=%B%ad%cd", "-3", "main")
    receipt = tended.keeping(3).publish(site(9))
    assert receipt.squashed == 4
    assert receipt.unsquashed == ""
    assert tended.commits()[0] == receipt.commit
    assert tended.trees()[1:] == trees[:2]
    assert before.startswith(tended.repository.git("log", "--format=%B%ad%cd", "-2", "main~1"))
    tended.fsck()


def test_every_publish_leaves_so_many(tended: Tended) -> None:
    published(tended, 2)
    counts = []
    for number in range(5):
        tended.keeping(3).publish(site(10 + number))
        counts.append(len(tended.commits()))
    assert counts == [3, 3, 3, 3, 3]
    tended.fsck()


def test_one_that_is_kept_is_the_whole_history(tended: Tended) -> None:
    published(tended, 2)
    tended.keeping(1).publish(site(7))
    assert len(tended.commits()) == 1
    assert tended.repository.git("show", "main:index.html") == "<h1>7</h1>"


def test_the_same_history_gives_the_same_commits(tmp_path: Path) -> None:
    heads = []
    for name in ("one", "two"):
        tended = Tended(tmp_path / name).keeping(2)
        published(tended, 4)
        heads.append(tended.commits())
    assert heads[0] == heads[1]


def test_the_plan_says_it_before(tended: Tended) -> None:
    published(tended, 3)
    kept = tended.keeping(2)
    before = tended.commits()
    step = kept.step(site(9))
    assert isinstance(step, Update)
    assert step.rewrite is not None
    assert step.rewrite.commits == 3
    assert tended.commits() == before
    assert kept.publish(site(9)).squashed == 3


def test_rolling_back_finds_what_is_kept(tended: Tended) -> None:
    published(tended, 5)
    kept = tended.keeping(3)
    kept.publish(site(9))
    history = kept.host.history(kept.destination)
    assert len(history) == 3
    oldest = kept.host.snapshot(kept.destination, history[-1])
    assert set(oldest.files) == {*site(0), "manifest.json"}


def test_an_unchanged_branch_is_not_rewritten(tended: Tended) -> None:
    published(tended, 4)
    before = tended.commits()
    assert tended.keeping(2).publish(site(3)).action == "unchanged"
    assert tended.commits() == before


def test_commits_of_others_are_never_squashed_away(tended: Tended) -> None:
    published(tended, 2)
    theirs = commit_as_another(tended.repository.folder, {"CNAME": b"site.example\n"})
    published(tended, 4)
    kept = tended.keeping(2)
    step = kept.step(site(9))
    assert isinstance(step, Update)
    assert step.rewrite is not None
    assert theirs[:10] in step.rewrite.refused
    before = tended.commits()
    receipt = kept.publish(site(9))
    assert receipt.squashed == 0
    assert "by somebody else" in receipt.unsquashed
    assert tended.commits()[1:] == before
    assert tended.commits()[0] == receipt.commit


def test_our_commit_that_somebody_amended_is_theirs(tended: Tended) -> None:
    published(tended, 3)
    folder, tree = tended.repository.folder, tended.trees()[0]
    message = tended.repository.git("log", "-1", "--format=%B", "main")
    ours, theirs = {"NAME": "omnigrid", "EMAIL": "omnigrid@localhost"}, {"NAME": "c", "EMAIL": "c"}
    who = {f"GIT_AUTHOR_{fact}": value for fact, value in ours.items()}
    who |= {f"GIT_COMMITTER_{fact}": value for fact, value in theirs.items()}
    amended = git(folder, "commit-tree", "-p", "main~1", "-m", message, tree, **who)
    tended.repository.git("update-ref", "refs/heads/main", amended)
    receipt = tended.keeping(1).publish(site(9))
    assert "by somebody else" in receipt.unsquashed
    assert len(tended.commits()) == 4


def test_a_host_that_denies_rewriting_keeps_the_publish(tended: Tended) -> None:
    published(tended, 3)
    tended.repository.configure("receive.denyNonFastForwards", "true")
    before = tended.commits()
    receipt = tended.keeping(2).publish(site(9))
    assert receipt.action == "update"
    assert "non-fast-forward" in receipt.unsquashed
    assert tended.commits() == [receipt.commit, *before]
    assert tended.repository.git("show", "main:index.html") == "<h1>9</h1>"
    tended.fsck()


def test_who_pushes_meanwhile_is_not_overwritten(tended: Tended) -> None:
    published(tended, 3)
    # The hook stands for a colleague who commits right after our publish, before the squash.
    author = "GIT_AUTHOR_NAME=c GIT_AUTHOR_EMAIL=c GIT_COMMITTER_NAME=c GIT_COMMITTER_EMAIL=c"
    theirs = f"$({author} git commit-tree -p $new -m Theirs $new^{{tree}})"
    once = 'test -e done && exit 0; touch done; read old new ref; git update-ref "$ref" '
    tended.repository.hook("post-receive", once + theirs)
    receipt = tended.keeping(2).publish(site(9))
    assert "somebody else" in receipt.unsquashed
    assert tended.repository.git("log", "-1", "--format=%s", "main") == "Theirs"
    assert receipt.commit in tended.commits()
    assert len(tended.commits()) == 5
