"""Identity: cards, the keys that they certify and revoke, officers and their acts, and which cards a home trusts."""
