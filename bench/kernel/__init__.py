"""Operations of the kernel, each done `rounds` times by a function of its own, inside the kernel."""
