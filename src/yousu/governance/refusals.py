"""拒绝: why a step of governance is not possible, as a code that every door puts into words. Pure."""


class NotReady(ValueError):
    """The step is not possible. `why` is a code."""

    def __init__(self, step: str, why: str) -> None:
        super().__init__(f"{step}: {why}")
        self.step, self.why = step, why
