"""HTML: what a page shows or states about its entries becomes items; markup is never published."""
