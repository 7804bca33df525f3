"""What anyone may read of the plan: pages, a feed and open data, of published rows and figures."""
