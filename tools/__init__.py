"""The tools: what `./patchwork` does on the host.

    cli            finds the command and runs it
    commands       one file per command
    arguments      how a command reads its arguments and answers a wrong one
    machine        runs machines in QEMU
    testing        runs tests inside the kernel
    image          builds what they boot
    disk           disk images: partition table and file system
    environment    makes the Python environment on first use
    host           what the host must have installed, and how to get it
    outputs        files that several processes may make at once
    failure        a failure that the user can do something about

`failure`, `outputs`, `host` and `environment` run before the environment exists: standard library only.
Everything else is imported when a command needs it, so that `--help` is immediate.
"""
