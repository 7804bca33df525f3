"""The municipality's own signature on what it releases as open data; see docs/adr/0019-federation.md."""
