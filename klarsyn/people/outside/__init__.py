"""The municipality's own sign-in says who somebody is, by OIDC or SAML; the vault is unlocked after it."""
