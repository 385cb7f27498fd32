"""The Vietnamese sentences people read, one module per part of the product, by code."""
