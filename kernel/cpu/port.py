"""I/O ports: the x86's second address space, 65,536 bytes wide.

Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, chapter 19.
"""

from __future__ import annotations

from lang import asm, inline, irq_safe, no_raise, u8, u16, u32


@inline
@irq_safe
@no_raise
def read8(port: u16) -> u8:
    return asm("inb $1, $0", inputs=[("{dx}", port)], outputs=[("={al}", u8)])


@inline
@irq_safe
@no_raise
def write8(port: u16, value: u8) -> None:
    asm("outb $0, $1", inputs=[("{al}", value), ("{dx}", port)])


@inline
@irq_safe
@no_raise
def read16(port: u16) -> u16:
    return asm("inw $1, $0", inputs=[("{dx}", port)], outputs=[("={ax}", u16)])


@inline
@irq_safe
@no_raise
def write16(port: u16, value: u16) -> None:
    asm("outw $0, $1", inputs=[("{ax}", value), ("{dx}", port)])


@inline
@irq_safe
@no_raise
def read32(port: u16) -> u32:
    return asm("inl $1, $0", inputs=[("{dx}", port)], outputs=[("={eax}", u32)])


@inline
@irq_safe
@no_raise
def write32(port: u16, value: u32) -> None:
    asm("outl $0, $1", inputs=[("{eax}", value), ("{dx}", port)])
