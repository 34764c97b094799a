"""Measure the executor, the build and the server side by side with their peers: `make bench`.

Everything is measured in one run and compared as a ratio, so that neither the machine nor its mood
has a say. Scripts are generated from the templates in `bodies/`; nothing here is part of the site.
"""
