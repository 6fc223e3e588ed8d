# shellcheck shell=bash
# For e2e/bench: images unpacked into folders, their programs run in there, and a PostgreSQL. Sets work, a folder that goes at
# the end with all that was started. Wants root, a mount namespace of its own, and the functions say and fail.

work=$(mktemp -d)
meter=() # what goes before a command of which something is to be measured
pids=() throwaway=()
stop() {
  [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true
  # these would take their time, for data that goes anyway
  [ ${#throwaway[@]} = 0 ] || kill -KILL "${throwaway[@]}" 2>/dev/null || true
  wait || true
  umount --recursive "$work"/*/dev/* "$work"/*/proc 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

unpack() { # image archive
  local root=$work/$1 device
  python3 - "$2" "$root" <<'P'
import json, sys, tarfile
archive = tarfile.open(sys.argv[1])
for layer in json.load(archive.extractfile("manifest.json"))[0]["Layers"]:
    tarfile.open(fileobj=archive.extractfile(layer)).extractall(sys.argv[2], filter="tar")
P
  mkdir -p "$root"/{proc,dev,tmp}
  chmod 1777 "$root/tmp"
  mount --bind /proc "$root/proc"
  for device in null zero random urandom; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  ln -s /proc/self/fd "$root/dev/fd"
  ln -s /proc/self/fd/0 "$root/dev/stdin"
  : >"$root/dev/termination-log"
  chmod 666 "$root/dev/termination-log"
}

inside() { # image command...: as the image's user, with nothing of this environment but what is given
  exec "${meter[@]}" env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 "${environment[@]}" chroot --userspec=65532:65532 "$work/$1" "${@:2}"
}

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# --- the database

start_postgres() {
  port=$(free_port)
  chown -R 65532:65532 "$work/postgres/var/lib/postgresql"
  environment=(POSTGRES_PASSWORD=bench PGDATA=/var/lib/postgresql/data)
  (inside postgres /usr/local/bin/postgres-entry -p "$port" -c fsync=off -c autovacuum=off >"$work/postgres.log" 2>&1) &
  pids+=($!)
  for _ in {1..300}; do
    if (environment=() && inside postgres /usr/lib/postgresql/15/bin/pg_isready -q -h 127.0.0.1 -p "$port"); then return; fi
    sleep .1
  done
  tail -n 5 "$work/postgres.log" >&2
  fail "PostgreSQL doesn't start"
}

psql() { # database argument...
  environment=(PGPASSWORD=bench PGSSLMODE=disable PGOPTIONS=-cclient_min_messages=warning)
  (inside postgres /usr/lib/postgresql/15/bin/psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres -d "$@" </dev/null)
}

check_archives() { # image: Java passes over archives that don't fit without a word
  local output
  environment=()
  output=$(inside "$1" /opt/sluice/jre/bin/java -Xshare:on -Xlog:class+load @/opt/sluice/sluice --version 2>&1) || fail "the class archives aren't taken: $output"
  grep -q 'dev\.sluice\.migrations\.cli\.Main source: shared objects file$' <<<"$output" || fail "the AOT cache lacks the program's classes"
  grep -q 'source: shared objects file (top)$' <<<"$output" || fail "the archive on top of the AOT cache isn't taken"
}

check_cache() { # image argument-file argument: Java passes over a cache that doesn't fit without a word
  local output
  environment=()
  output=$(inside "$1" /opt/sluice/jre/bin/java -XX:AOTMode=on -Xlog:class+load "@/opt/sluice/$2" "$3" 2>&1) || fail "the AOT cache isn't taken: $output"
  grep -q 'dev\.sluice\.migrations\..*\.Main source: shared objects file' <<<"$output" || fail "the AOT cache lacks the program's classes"
}
