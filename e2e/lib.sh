# shellcheck shell=bash
# For the scripts in here and below. Sourced, with $program set: the name that their messages begin with.
: "${program:?}"

say() { echo "$program: $*" >&2; }
fail() { say "$*"; exit 1; }
help() { sed -n '2,/^set /{/^set /d;s/^# \?//;p}' "$0"; } # prints the script's first comment
