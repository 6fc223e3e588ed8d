"""Runs a command and writes what it took to a file: wall time and processor time in milliseconds, peak resident memory in KiB.

usage: meter.py FILE COMMAND...
Of several processes the memory is the largest one's; none is below the few MB that this program has itself.
"""

import os
import sys
import time

began = time.monotonic()
child = os.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
_, status, used = os.wait4(child, 0)
wall = time.monotonic() - began
with open(sys.argv[1], "w") as out:
    out.write(f"{wall * 1000:.1f} {(used.ru_utime + used.ru_stime) * 1000:.1f} {used.ru_maxrss}\n")
sys.exit(os.waitstatus_to_exitcode(status) & 255)
