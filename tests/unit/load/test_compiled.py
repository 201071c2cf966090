from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from omnigrid.load import compiled
from omnigrid.load.compiled import CompiledTemplates


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is compiled, by name."""
    seen: list[str] = []
    real = Environment.compile

    def compile_(self: Environment, source: str, name: str | None = None, *more: object) -> object:
        seen.append(f"{name}")
        return real(self, source, name, *more)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", compile_)
    return seen


def page(folder: Path, source: str = "<p>{{ name }}</p>", program: str = "one") -> str:
    store = CompiledTemplates(folder, program)
    environment = Environment(loader=DictLoader({"a": source}), bytecode_cache=store)  # noqa: S701
    return environment.get_template("a").render(name="Spade")


def test_a_template_is_compiled_once(tmp_path: Path, compilations: list[str]) -> None:
    assert [page(tmp_path / "kept") for _ in range(3)] == ["<p>Spade</p>"] * 3
    assert compilations == ["a"]


def test_another_text_or_another_program_is_compiled(
    tmp_path: Path, compilations: list[str]
) -> None:
    assert page(tmp_path) == "<p>Spade</p>"
    assert page(tmp_path, "<b>{{ name }}</b>") == "<b>Spade</b>"
    assert page(tmp_path, program="two") == "<p>Spade</p>"
    assert len(compilations) == 3


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
def test_a_damaged_one_is_compiled_again(
    tmp_path: Path, compilations: list[str], damage: bytes | None
) -> None:
    page(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-40] if damage is None else damage)
    assert page(tmp_path) == "<p>Spade</p>"
    assert page(tmp_path) == "<p>Spade</p>"
    assert len(compilations) == 2


def test_what_two_packs_share_is_read_once(tmp_path: Path, compilations: list[str]) -> None:
    page(tmp_path)
    store = CompiledTemplates(tmp_path, "one")
    for _ in range(2):
        environment = Environment(  # noqa: S701
            loader=DictLoader({"a": "<p>{{ name }}</p>"}), bytecode_cache=store
        )
        assert environment.get_template("a").render(name="Spade") == "<p>Spade</p>"
        for kept in tmp_path.iterdir():
            kept.unlink()
    assert compilations == ["a"]


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert page(tmp_path / "file" / "kept") == "<p>Spade</p>"


def test_the_oldest_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_KEPT", 6)
    for number in range(20):
        page(tmp_path, f"{number}")
        assert len(list(tmp_path.iterdir())) <= 6


def test_only_its_user_reads_the_folder(tmp_path: Path) -> None:
    page(tmp_path / "cache" / "kept")
    assert (tmp_path / "cache" / "kept").stat().st_mode & 0o077 == 0
