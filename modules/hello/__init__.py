"""The tutorial's module."""
