"""Statistics of buyers: arithmetic over numpy arrays, without Django. One element a customer throughout."""
