"""The durable record. It keeps what it is told and answers what it is asked; it never decides."""
