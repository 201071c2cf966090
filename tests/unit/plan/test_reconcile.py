"""reconcile: one step from what is there to what is wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.names import BlobId, CommitId, OutPath
from omnigrid.model.publishing import Create, Drifted, Live, Step, Target, Tree, Unchanged, Update
from omnigrid.plan.reconcile import reconcile
from support.targets import target_of

HEAD = CommitId("c" * 40)


def wants(files: dict[str, str]) -> Target:
    return target_of({OutPath(path): BlobId(blob) for path, blob in files.items()})


def live_of(files: dict[str, str], owned: dict[str, str]) -> Live:
    return Live(target="t", head=HEAD, files=tree_of(files), owned=tree_of(owned))


def tree_of(files: dict[str, str]) -> Tree:
    return {path: BlobId(blob) for path, blob in files.items()}


def update(write: tuple[str, ...] = (), delete: tuple[str, ...] = ()) -> tuple[str, object, object]:
    return ("update", write, delete)


def drifted(*paths: str) -> tuple[str, object]:
    return ("drifted", paths)


def told(step: Step) -> object:
    match step:
        case Update():
            return ("update", step.write, step.delete)
        case Drifted():
            return ("drifted", step.paths)
        case _:
            return type(step).__name__.lower()


# what we want, what is there, what our last publish wrote there, the step
TABLE = {
    "same": ({"a": "1"}, {"a": "1"}, {"a": "1"}, "unchanged"),
    "changed": ({"a": "2"}, {"a": "1"}, {"a": "1"}, update(write=("a",))),
    "new": ({"b": "1", "a": "1"}, {}, {}, update(write=("a", "b"))),
    "no longer wanted": ({}, {"b": "1", "a": "1"}, {"a": "1", "b": "1"}, update((), ("a", "b"))),
    "foreign kept": ({"a": "1"}, {"a": "1", "CNAME": "9"}, {"a": "1"}, "unchanged"),
    "edited": ({"a": "1"}, {"a": "9"}, {"a": "1"}, drifted("a")),
    "edited, no longer wanted": ({}, {"a": "9"}, {"a": "1"}, drifted("a")),
    "edited to what is wanted": ({"a": "2"}, {"a": "2"}, {"a": "1"}, "unchanged"),
    "removed by hand": ({"a": "1"}, {}, {"a": "1"}, drifted("a")),
    "removed by both": ({}, {}, {"a": "1"}, "unchanged"),
    "foreign stands there": ({"a": "1"}, {"a": "9"}, {}, drifted("a")),
    "foreign is the same": ({"a": "1"}, {"a": "1"}, {}, "unchanged"),
    "foreign file for our folder": ({"a/b": "1"}, {"a": "9"}, {}, drifted("a")),
    "foreign folder for our file": ({"a": "1"}, {"a/b/c": "9"}, {}, drifted("a/b/c")),
    "our file becomes a folder": ({"a/b": "1"}, {"a": "1"}, {"a": "1"}, update(("a/b",), ("a",))),
    "several drifts": ({"b": "1", "a": "1"}, {"a": "9"}, {"a": "1", "b": "1"}, drifted("a", "b")),
}


@pytest.mark.parametrize(("wanted", "files", "owned", "expected"), TABLE.values(), ids=TABLE.keys())
def test_one_step(
    wanted: dict[str, str], files: dict[str, str], owned: dict[str, str], expected: object
) -> None:
    assert told(reconcile(wants(wanted), live_of(files, owned))) == expected


def test_an_absent_branch_is_created() -> None:
    target = wants({"a": "1"})
    assert reconcile(target, Live("t", None, {}, {})) == Create(target)


def test_steps_carry_the_head_that_was_seen() -> None:
    step = reconcile(wants({"a": "2"}), live_of({"a": "1"}, {"a": "1"}))
    assert isinstance(step, Update)
    assert step.parent == HEAD


paths = st.sampled_from(["a", "b", "c", "a/x", "a/y", "a/x/z", "b/x"])
trees = st.dictionaries(paths, st.sampled_from(["1", "2"]), max_size=5)


def possible(tree: dict[str, str]) -> bool:
    """Whether git could hold these: no path is a folder of another."""
    return not any(other.startswith(f"{path}/") for path in tree for other in tree)


builds = trees.filter(possible)


def applied(step: Update, files: Tree) -> Tree:
    kept = {path: blob for path, blob in files.items() if path not in step.delete}
    return kept | {path: step.target.files[path] for path in step.write}


@given(wanted=builds, files=builds, owned=builds)
def test_after_an_update_nothing_is_left_to_do(
    wanted: dict[str, str], files: dict[str, str], owned: dict[str, str]
) -> None:
    target, live = wants(wanted), live_of(files, owned)
    step = reconcile(target, live)
    if isinstance(step, Update):
        after = applied(step, live.files)
        assert possible({path: str(blob) for path, blob in after.items()})
        now = Live("t", HEAD, after, dict(target.files.items()))
        assert reconcile(target, now) == Unchanged(target, HEAD)


@given(wanted=builds, files=builds, owned=builds)
def test_files_of_others_are_neither_deleted_nor_overwritten(
    wanted: dict[str, str], files: dict[str, str], owned: dict[str, str]
) -> None:
    step = reconcile(wants(wanted), live_of(files, owned))
    if isinstance(step, Update):
        foreign = files.keys() - owned.keys()
        assert foreign.isdisjoint(step.delete)
        assert foreign.isdisjoint(step.write)


@given(wanted=builds, owned=builds)
def test_without_a_hand_edit_there_is_no_drift(
    wanted: dict[str, str], owned: dict[str, str]
) -> None:
    assert not isinstance(reconcile(wants(wanted), live_of(owned, owned)), Drifted)
