"""个人信息请求: a person asks what is kept of them, or to have it corrected, erased, handed over; with a clock."""
