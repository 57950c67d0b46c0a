"""All of the SQL and the only code that knows the database; knows no files, HTTP or feeds."""
