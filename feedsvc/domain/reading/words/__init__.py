"""What people write on news pages and in listings, in many languages: words as data."""
