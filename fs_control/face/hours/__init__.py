"""`fs-control hours`: calendars of service hours (H1, H2, H3, H4)."""
