"""A local server that speaks the protocols of the public statistics services; see `local.serve`."""
