"""Problems: their sentences and pages."""
