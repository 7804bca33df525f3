"""The wiring: settings, URL lists, the shell command. The only place that knows every room."""
