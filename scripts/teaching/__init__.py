"""The recipe of the table of word vectors: words learn from a sentence model, and from pairs.

A word starts as what the model makes of it alone and in a sentence ("model2vec", MinishLab 2024),
then sums of words learn to agree with the model on whole texts, and to find the product for a
need. The sentence model then learns the same (`reading.py`). Each module is a step; `__main__.py`
puts them in order. Nothing of this runs in omnigrid.
"""
