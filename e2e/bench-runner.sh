# shellcheck shell=bash
# The runner's half of e2e/bench: the same migrations in three forms, by the runner and by the tools that are made for each.

# --- the contenders that aren't in an image

install_tools() { # sets node and drizzle; puts Flyway's jars beside the runner, for its Java
  local cache=${SLUICE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice}/contenders stamp
  node=$(command -v node) || fail "Node isn't installed: install Node 20 or newer with npm and put it on the PATH"
  [ "$("$node" -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "Node is too old ($("$node" --version)): install Node 20 or newer"
  stamp=$(cat "$here/contenders"/*/* "$here/tools/flyway/pom.xml" | sha256sum | cut -c1-12)
  drizzle=$cache/$stamp/drizzle
  if [ ! -e "$cache/$stamp/done" ]; then
    say "installing drizzle-kit, drizzle-orm and Flyway, about 40 s"
    mkdir -p "$drizzle"
    cp "$here/contenders/drizzle"/* "$drizzle"
    (cd "$drizzle" && npm ci --no-audit --no-fund --loglevel=error >&2 </dev/null) || fail "drizzle-kit can't be had: see npm's lines above"
    (cd "$here/tools/flyway" && mvn -q -B -ntp dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$cache/$stamp/flyway" >&2 </dev/null) ||
      fail "Flyway can't be had: see Maven's lines above"
    touch "$cache/$stamp/done"
  fi
  mkdir -p "$work/runner/bench"
  cp -R "$cache/$stamp/flyway" "$work/runner/bench/flyway-jars"
}

# --- the migrations, each a table and its index: a changelog, a folder of Flyway, one of Drizzle, and files for psql

write_migrations() { # count: at /bench/COUNT in both images, each form in a root of its own, as a team's image has one
  local n name table index comma="" dir=$work/runner/bench/$1 files=$work/postgres/bench/$1
  mkdir -p "$dir"/{changelog,drizzle/meta,flyway} "$files"
  echo "--liquibase formatted sql" >"$dir/changelog/root.sql"
  echo '{"version": "7", "dialect": "postgresql", "entries": [' >"$dir/drizzle/meta/_journal.json"
  for ((n = 1; n <= $1; n++)); do
    name=$(printf '%04d_item' "$n")
    table="create table item$n (id bigint primary key, name text not null, made timestamptz default now());"
    index="create index item${n}_name on item$n (name);"
    printf -- '--changeset bench:%s\n%s\n%s\n' "$n" "$table" "$index" >>"$dir/changelog/root.sql"
    printf '%s\n%s\n' "$table" "$index" >"$dir/flyway/V${n}__item.sql"
    printf '%s--> statement-breakpoint\n%s\n' "$table" "$index" >"$dir/drizzle/$name.sql"
    printf '%s{"idx": %d, "version": "7", "when": %d, "tag": "%s", "breakpoints": true}\n' "$comma" $((n - 1)) $((1700000000000 + n)) "$name" \
      >>"$dir/drizzle/meta/_journal.json"
    printf 'begin;\n%s\n%s\ncommit;\n' "$table" "$index" >"$files/$name.sql"
    comma=,
  done
  echo ']}' >>"$dir/drizzle/meta/_journal.json"
  (cd "$files" && printf -- '-f\n/bench/%s\n' *.sql | sed "s|^/bench/|&$1/|") >"$work/files.$1"
}

# --- the contenders, each a function of a database and a count; "contender/form"

runner() { # database count form changelog
  environment=(PGHOST=127.0.0.1 "PGPORT=$port" "PGDATABASE=$1" PGSSLMODE=disable "SLUICE_ROOT=/bench/$2/$3" "SLUICE_CHANGELOG=$4" SLUICE_REVISION=1
    SLUICE_TARGET=bench SLUICE_CREDENTIALS=/bench/credentials)
  (inside runner /opt/sluice/jre/bin/java @/opt/sluice/sluice run)
}
runner-drizzle() { runner "$@" drizzle .; }
runner-flyway() { runner "$@" flyway .; }
runner-changelog() { runner "$@" changelog root.sql; }

liquibase() {
  environment=(LIQUIBASE_ANALYTICS_ENABLED=false)
  (inside runner /opt/sluice/jre/bin/java -cp '/opt/sluice/libs/*' liquibase.integration.commandline.LiquibaseCommandLine "--search-path=/bench/$2/changelog" \
    --changelog-file=root.sql --url="jdbc:postgresql://127.0.0.1:$port/$1?sslmode=disable" --username=postgres --password=bench update)
}

flyway() {
  environment=(HOME=/tmp)
  (inside runner /opt/sluice/jre/bin/java -cp '/bench/flyway-jars/*' org.flywaydb.commandline.Main -url="jdbc:postgresql://127.0.0.1:$port/$1?sslmode=disable" \
    -user=postgres -password=bench -locations="filesystem:/bench/$2/flyway" migrate)
}

with_node() { # database count argument...
  (cd "$drizzle" && exec "${meter[@]}" env -i PATH=/usr/bin:/bin HOME="$work" LANG=C.UTF-8 "FOLDER=$work/runner/bench/$2/drizzle" \
    "DATABASE_URL=postgres://postgres:bench@127.0.0.1:$port/$1" "$node" "${@:3}")
}
drizzle-kit() { with_node "$1" "$2" node_modules/drizzle-kit/bin.cjs migrate --config=drizzle.config.js; }
drizzle-orm() { with_node "$1" "$2" migrate.js; }

psql-files() {
  local files
  mapfile -t files <"$work/files.$2"
  if [ "$kind" = pending ]; then psql "$1" "${files[@]}"; else psql "$1" -c 'select 1'; fi
}

# --- measuring

measured() { # command...: prints wall and processor time in ms, and KiB at the peak
  meter=(python3 "$here/bench-meter.py" "$work/measured")
  "$@" >"$work/output" 2>&1 || { tail -n 20 "$work/output" >&2; fail "$1 failed: see the lines above"; }
  cat "$work/measured"
}

median() { sort -n | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }

compare() { # title pending|done count rounds: all contenders in turns
  local title=$1 kind=$2 count=$3 round contender database values=$work/values.$2.$3
  for ((round = 0; round <= $4; round++)); do # round 0 warms the caches of the disk
    for contender in "${CONTENDERS[@]}"; do
      database=${contender//-/_}
      if [ "$kind" = pending ]; then psql postgres -c "drop database if exists $database" -c "create database $database"; fi
      measured "$contender" "$database" "$count" >"$work/value"
      [ $round = 0 ] || cat "$work/value" >>"$values.$contender"
      [ "$kind" = "done" ] || [ $round -gt 0 ] || complete "$contender" "$database" "$count"
    done
  done
  for contender in "${CONTENDERS[@]}"; do
    row "$title" "$contender" "$(of wall "$contender") ms" "$(of cpu "$contender") ms" "$(of memory "$contender") MB" \
      "$(ratio "$contender" drizzle-kit)" "$(ratio "$contender" runner-drizzle)"
  done
}

complete() { # contender database count: nobody is quick by leaving something out
  local made
  made=$(psql "$2" -At -c "select count(*) from pg_class where relname ~ '^item[0-9]+(_name)?$'")
  [ "$made" = $((2 * $3)) ] || fail "$1 made $made tables and indexes of $((2 * $3))"
}

of() { # wall|cpu|memory contender: the median
  local column=1 unit=1
  case $1 in cpu) column=2 ;; memory) column=3 unit=1024 ;; esac
  awk "{print \$$column}" "$values.$2" | median | awk "{printf \"%.0f\", \$1 / $unit}"
}

ratio() { awk -v a="$(of wall "$1")" -v b="$(of wall "$2")" 'BEGIN {printf "%.2f", a / b}'; }

row() { printf '%-22s %-17s %9s %9s %8s %13s %10s\n' "$@"; }

load() { echo "load of this machine: $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores"; }

bench_runner() { # rounds
  local archives runner_archive postgres_archive few=$((($1 + 1) / 2))
  archives=$("$here/images" runner postgres)
  { read -r runner_archive; read -r postgres_archive; } <<<"$archives"
  say "unpacking the images"
  unpack runner "$runner_archive"
  unpack postgres "$postgres_archive"
  check_archives runner
  install_tools
  mkdir -p "$work/runner/bench/credentials"
  printf postgres >"$work/runner/bench/credentials/username"
  printf bench >"$work/runner/bench/credentials/password"
  write_migrations 100
  write_migrations 1000
  start_postgres
  CONTENDERS=(psql-files liquibase flyway drizzle-kit drizzle-orm runner-drizzle runner-flyway runner-changelog)
  say "$1 round(s), $few with 1,000 migrations; $(load)"
  row "" who wall processor memory "/ drizzle-kit" "/ runner"
  compare "100 from empty" pending 100 "$1"
  compare "nothing pending" "done" 100 "$1"
  compare "1,000 from empty" pending 1000 "$few"
  say "at the end: $(load)"
}
