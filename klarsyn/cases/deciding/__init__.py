"""Help with a decision to give something out: questions that cite sections; a person decides and says why."""
