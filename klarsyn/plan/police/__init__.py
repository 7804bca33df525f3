"""The work with the police: agreements with goals, joint work as counts, meetings, the shared picture."""
