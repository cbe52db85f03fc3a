"""Mining: a first pack for an outlet that nobody has written rules for, from its own raw dump."""
