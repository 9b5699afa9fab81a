"""What stores in SQL share: tables with columns, and questions as SQL."""
