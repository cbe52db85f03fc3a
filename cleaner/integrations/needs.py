"""What a person is told where a library isn't there that a module was made for."""

from __future__ import annotations

from cleaner.extras import installing


def not_installed(library: str, error: ImportError) -> ImportError:
    """The error to raise where importing `library` failed with `error`: what to install, or `error` itself.

    A library that is there but broken is no matter of installing it.
    """
    if not isinstance(error, ModuleNotFoundError) or (error.name or "").partition(".")[0] != library:
        return error
    command = installing(library)
    return ModuleNotFoundError(
        f"cleaner.integrations needs {library}, which isn't installed; install it with: {command}",
        name=error.name,
    )
