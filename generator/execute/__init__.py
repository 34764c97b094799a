"""Run a script as named cells: a warm server, a forked child each, limits."""
