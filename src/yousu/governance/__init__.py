"""治理: topics that become governance tasks, and the tasks that measures and decisions are."""
