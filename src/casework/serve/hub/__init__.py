"""Signing in by JupyterHub, where the hub runs these pages as one of its services.

- `place`: what the hub says in the environment: where to listen, and how to speak with it;
- `signing`: who somebody is, asked of the hub; in the store they are a number;
- `ways`: the addresses by which people sign in and out.
"""
