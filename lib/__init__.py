"""Libraries for programs. `std` is the standard library."""
