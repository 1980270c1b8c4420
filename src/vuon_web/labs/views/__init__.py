"""Pages of labs: the living page, joining, running a session, partners, staff, offering."""
