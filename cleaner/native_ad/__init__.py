"""Native advertisements: one or two teasers behind a headline, each a few short sentences, often without
an end stop. Nothing but their wording tells them from the article.

All offsets are code points of the text.
"""
