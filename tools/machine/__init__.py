"""The machine that the system runs on, here: a PC in QEMU.

    config         what the machine consists of and what it boots
    emulator       finds QEMU and its firmware
    command_line   the configuration as QEMU's arguments
    transcript     what the machine has printed on its serial port so far
    monitor        asks QEMU itself: screenshots, why the machine stopped
    machine        one running machine: wait for a line, send input, take a screenshot
    console        connects the machine's serial port with this terminal

Tests and commands use it alike:

    with Machine(MachineConfig(boot=DirectBoot(kernel))) as machine:
        machine.wait_for("ready")
        machine.screenshot(path)
        status = machine.wait()

A machine ends by powering off, or by writing 0x10 + status, in 32 bits, to port 0xF4 (QEMU's
isa-debug-exit device). `wait` returns that status, 0 for power off. Less than 0x10 would look like
a failure of QEMU's own.
"""
