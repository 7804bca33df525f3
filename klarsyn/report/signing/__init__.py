"""The municipality's own signature on what it releases as open data; see docs/adr/0020-federation.md."""
