"""The budgets of the design, measured: one script per budget, `python -m benchmarks` runs them all."""
