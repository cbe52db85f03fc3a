"""Where an inline headline ends.

Dumps glue a whole article on one line: ``… PARA. Baca Juga : HEADLINE OF ANOTHER STORY PARA …``, with
nothing but a space (or nothing at all) between the headline and the paragraph that follows. The headline
must go, the paragraph must stay whole.

Every place where a paragraph could begin is a candidate border. A small log-linear model gives each of them
a weight (what stands inside the headline, what stands at the border, how long the headline is, how the rest
of the article writes these words), a softmax makes probabilities of them, and the border with the least
*expected loss* is answered: a word of the article lost costs several times a word of the headline left in.

A text and an offset go into `search.headline_end`, which reads a `stretch` of words, looks up how the
`surroundings` write them, weighs the borders at `first_sight`, gives the likely ones a `close_look`, and
answers the one of `least_loss`. The weights are data (`weights.toml`, written by
`benchmarks/fit_headline_end.py`); the modules hold only the features.

All offsets are code points of the document's text.
"""
