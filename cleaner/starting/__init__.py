"""What a new outlet can begin with, as far as its pages or a dump tell: guesses, for a person to read."""
