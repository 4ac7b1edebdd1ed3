//! Whole runs of the program: see `tests/house`.
