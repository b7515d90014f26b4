"""工作时间: the working calendar and the deadlines counted by it. Pure: no database, no clock.

calendar.csv: State Council holidays and make-up days of 2023–2026, made from PyPI `chinesecalendar` 1.11.0 and equal
to it on every day; 2026 was also compared with the notice of the State Council General Office of 2025-11-04.
"""
