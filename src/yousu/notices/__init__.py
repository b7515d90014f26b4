"""通知: who is told of what happened, by which way; queued once, sent outside the transaction, written down."""
