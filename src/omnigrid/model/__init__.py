"""What a portfolio, a plan, a manifest and a receipt *are*: frozen types, pure functions.

No I/O, and no import from another room.
"""
