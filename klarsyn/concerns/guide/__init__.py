"""The guide "I saw something": what to do now, whom to phone, what the law says."""
