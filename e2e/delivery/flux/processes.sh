# Shared by `up`, `publish` and `down`. Sourced, with $S (the state folder) set.
# shellcheck shell=bash

OURS=sluice.dev/e2e=flux # the label of the CRDs that `up` installed

pids() { # of what `up` started: the state folder is in their environment
  grep -lzxF "SLUICE_FLUX=$S" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 || true
}
