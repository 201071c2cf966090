"""The data of teaching holds what its README says."""

from teaching.lessons import read_groups, read_products, texts_of_groups


def test_every_product_has_two_needs_and_something_to_find_it_by() -> None:
    products = read_products()
    assert all(len(set(product.needs)) > 1 for product in products)
    assert all(product.tagline and product.description for product in products)


def test_groups_have_no_empty_and_no_repeated_phrases() -> None:
    groups = read_groups()
    assert all(len(group) > 1 and len(set(group)) == len(group) for group in groups)
    assert all(phrase == phrase.strip() != "" for group in groups for phrase in group)


def test_a_group_is_a_text_and_so_are_three_of_its_phrases_at_a_time() -> None:
    texts = texts_of_groups([("late", "overdue", "past due", "behind time")])
    assert texts == ["late overdue past due behind time", "late overdue past due", "behind time"]
