"""The modules that are linked into the kernel's image: those without which it could load no other."""

from __future__ import annotations

from modules.acpi import acpi, kept, power  # noqa: F401
from modules.acpi.firmware import files, offers, pins  # noqa: F401
from modules.drivers import pm_timer  # noqa: F401
from modules.drivers.apic import attach  # noqa: F401
