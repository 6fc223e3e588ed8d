# shellcheck shell=bash
# The operator's half of e2e/bench: an API server without nodes, the operator's process beside it, and the program that measures.

build_bench() { # sets classpath
  local root=${here%/*}
  say "compiling"
  (cd "$root" && mvn -q -B -ntp -pl crds,migrations-image,deploy,e2e test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test >&2 </dev/null) ||
    fail "the bench could not be compiled: see Maven's lines above"
  classpath=$here/target/test-classes:$(cat "$here/target/classpath")
}

bench_operator() { # rounds objects
  local archive token limit
  archive=$("$here/images" operator)
  build_bench
  unpack operator "$archive"
  start_api_server
  kubectl apply --server-side -f "${here%/*}/deploy/install.yaml" >/dev/null
  kubectl wait --for=condition=Established crd/databasemigrations.sluice.dev >/dev/null
  token=$(kubectl -n sluice-system create token sluice --duration=24h)
  # there is no container here whose limit Java could see
  limit=$(awk '/^resources:/ {r = 1} r && /limits:/ {l = 1} l && /memory:/ {sub("Mi", "m", $2); print $2; exit}' "${here%/*}/deploy/chart/sluice/values.yaml")
  environment=("JDK_JAVA_OPTIONS=-XX:MaxRAM=$limit" "KUBERNETES_MASTER=$server" "KUBERNETES_AUTH_TOKEN=$token" KUBERNETES_TRUST_CERTIFICATES=true
    SLUICE_WATCH_NAMESPACES= SLUICE_NAMESPACE=sluice-system SLUICE_LEADER_ELECTION=true @port
    SLUICE_RUNNER_IMAGE=localhost/sluice-runner:dev @name)
  say "$1 round(s), $2 objects; load of this machine: $(cut -d' ' -f1-3 /proc/loadavg) on $(nproc) cores"
  "$work/operator/opt/sluice/jre/bin/java" -Xmx1g -cp "$classpath" dev.sluice.e2e.bench.OperatorBench "$server" "$admin" "$work/api" "$1" "$2" \
    env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 "${environment[@]}" \
    chroot --userspec=65532:65532 "$work/operator" /opt/sluice/jre/bin/java @/opt/sluice/operator &
  pids+=($!)
  wait "${pids[-1]}" || fail "the bench failed: see the lines above"
}
