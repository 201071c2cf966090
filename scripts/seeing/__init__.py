"""How built pages are looked at: served as a host serves them, and one site of each pack."""
