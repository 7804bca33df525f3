"""Orosanmälan: written without an account, sealed to the team that receives it, handed over, erased."""
