"""Takes what stands in the folder into the store: find, read, decide, write."""
