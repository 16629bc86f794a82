"""The commands of `./patchwork`, one file each: `main(arguments) -> exit status`."""
