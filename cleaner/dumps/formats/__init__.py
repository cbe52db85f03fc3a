"""The formats that dumps come in: for each one how its records are read, and how cleaned ones are written."""
