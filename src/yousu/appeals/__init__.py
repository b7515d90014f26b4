"""诉求: recording, answering, forwarding, handling, calling back."""
