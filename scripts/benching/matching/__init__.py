"""`scripts/bench matching`: how often intents find their brand, how sure that is, what it takes.

All matchers get the same brands and intents, in this process. None has seen an intent before.
"""
