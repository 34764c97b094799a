"""A run as a notebook; the contract; differences; what this clone has confirmed."""
