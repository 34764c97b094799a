"""See `job.py`."""

from job import main

main()
