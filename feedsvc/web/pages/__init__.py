"""HTML for people: a view is a frozen value, its template only writes it down."""
