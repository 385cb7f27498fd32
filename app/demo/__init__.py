"""A generated school, its tokens and its store: used by the demo verb, the tests and the benchmarks."""
