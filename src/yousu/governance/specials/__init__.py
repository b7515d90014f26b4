"""专报: a report on one topic for leaders or the duty office: numbers that open, chosen cases, suggestions."""
