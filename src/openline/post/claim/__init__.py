"""Claims and inquiries, and how far they got."""
