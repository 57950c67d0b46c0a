"""All of the SQL: what is known, kept in one SQLite file; knows no files, HTTP or feeds."""
