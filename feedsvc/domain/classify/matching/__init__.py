"""From the tokens of an entry to its places and topics, by a vocabulary that is loaded already."""
