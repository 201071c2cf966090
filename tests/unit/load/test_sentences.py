"""Where the sentence model is found, and how its files are read."""

from array import array
from pathlib import Path

import msgspec
import pytest

from omnigrid.load.sentences import (
    PACKAGES,
    PIECES,
    TENSORS,
    decode_pieces,
    decode_tensors,
    find_model,
    read_sentences,
)
from omnigrid.model.errors import InputError


def safetensors() -> bytes:
    head = msgspec.json.encode(
        {
            "__metadata__": {"format": "pt"},
            "ids": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]},
            "table": {"dtype": "F32", "shape": [2, 3], "data_offsets": [8, 32]},
        }
    )
    numbers = array("f", [1, 2, 3, 4, 5, 6])
    return len(head).to_bytes(8, "little") + head + bytes(8) + numbers.tobytes()


def install(folder: Path, package: str, inside: str) -> Path:
    model = folder / package / inside
    model.mkdir(parents=True)
    (folder / package / "__init__.py").write_text("raise RuntimeError('imported')\n")
    (model / TENSORS).write_bytes(safetensors())
    (model / PIECES).write_text("[CLS]\n[SEP]\n")
    return model


def test_tensors_are_read_by_name() -> None:
    tensors = decode_tensors(memoryview(safetensors()))
    assert list(tensors) == ["table"]
    assert tensors["table"].shape == (2, 3)
    assert tensors["table"].data.cast("f").tolist() == [1, 2, 3, 4, 5, 6]


def test_a_piece_has_the_number_of_its_line() -> None:
    assert decode_pieces("[PAD]\n##s\n\u2028\n合\n".encode()) == {
        "[PAD]": 0,
        "##s": 1,
        "\u2028": 2,
        "合": 3,
    }


@pytest.mark.parametrize(("package", "inside"), PACKAGES.items())
def test_the_model_is_found_and_its_package_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, inside: str
) -> None:
    model = install(tmp_path, package, inside)
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    assert find_model() == model


def test_a_missing_model_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    with pytest.raises(InputError, match="the sentence model is not installed") as caught:
        find_model()
    assert 'pip install "omnigrid[semantic]"' in caught.value.hint


def test_another_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, *next(iter(PACKAGES.items())))
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    read_sentences.cache_clear()
    with pytest.raises(InputError, match="is not the sentence model that omnigrid knows"):
        read_sentences()
