"""交办事项: what a unit is to do by a day: a measure of a governance task, a decision of a meeting."""
