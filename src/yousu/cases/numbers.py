"""编号: two digits of the year, seven from one sequence, a Damm check digit. Pure."""

# H. Michael Damm's quasigroup of order 10 (2004): finds every single wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def number(year: int, serial: int) -> str:
    """The case number for the year of recording and a serial below ten million."""
    if not 0 < serial < 10_000_000:
        raise OverflowError(f"serial {serial} does not fit seven digits")
    digits = f"{year % 100:02d}{serial:07d}"
    return digits + _check_digit(digits)


def is_number(text: str) -> bool:
    """Whether a text is a well-formed case number."""
    return len(text) == 10 and text.isascii() and text.isdecimal() and _check_digit(text) == "0"


def _check_digit(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)
