"""From an entry's texts to its places and topics, with a vocabulary that is already loaded."""
