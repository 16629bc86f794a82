"""Disk images: one partition for UEFI, ready to be written to a USB stick.

    fat      a FAT32 volume from files
    gpt      a partition table around it
    image    both, from a directory

The same files make the same bytes: no clock and no chance is involved.
"""
