"""From recordings to the site: pages, verbs, HTML, addresses. Reads recordings, never a snippet."""
