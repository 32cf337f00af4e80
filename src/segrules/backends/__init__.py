"""What carries a program out: `scalar` one record at a time, `polars` whole tables. They do not know each other."""
