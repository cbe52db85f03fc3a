"""The report: one page, whole in itself, to look at what a run did."""
