"""The running post: one loop that performs what the machine asks for, its home, its links and its control socket."""
