"""Requests are put together of what is wanted and of ways of asking."""

from teaching.requests import read_requests, texts_of_requests


def test_every_way_has_one_place_for_what_is_wanted() -> None:
    read = read_requests()
    assert read.keys() == {"to", "of", "whether", "ask to", "ask of", "ask whether"}
    for kind, parts in read.items():
        assert {part.count("…") for part in parts} == {int(kind.startswith("ask "))}


def test_each_thing_is_asked_in_several_ways_the_same_each_time() -> None:
    texts = texts_of_requests()
    assert len(set(texts)) == len(texts) == len(texts_of_requests())
    assert texts == texts_of_requests()
    assert sum("open a savings account" in text for text in texts) == 10
    assert not any("…" in text for text in texts)
