"""Goldens: samples, each with the clean text that a reader decided on, and what becomes of them today."""
