"""Second factors: an app's one-time codes, passkeys, recovery codes; kept by allauth, shown by our pages."""
