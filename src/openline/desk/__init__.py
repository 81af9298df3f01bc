"""The desk: a web console and its HTTP API. It holds no truth: it asks the post, and shows what the post tells."""
