"""Questionnaires as files: our own plain questions, and those a reception brings and has the right to use."""
