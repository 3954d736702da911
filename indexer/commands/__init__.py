"""The commands of `izde`, one file each."""
