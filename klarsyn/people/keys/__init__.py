"""Keys of people and teams: made, unlocked, handed on, taken away, brought back."""
