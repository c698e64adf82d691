"""A terminal simulator of how a Polish student gets an mLegitymacja.

It is a simulation: it issues no documents and speaks to no real service.
"""

__version__ = "0.1.0"
