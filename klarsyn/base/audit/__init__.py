"""The tamper-evident log: every act leaves a line that nobody can change unseen."""
