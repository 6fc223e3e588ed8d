# shellcheck shell=bash
# The operator's half of e2e/bench: an API server without nodes, the operator's process beside it, and the program that measures.

SERVICE_ACCOUNT=system:serviceaccount:sluice-system:sluice

start_api_server() { # sets server and admin, the token of its administrator
  local bin etcd=$work/etcd port peer
  bin=$("$here/cluster/build")
  kubectl=$bin/kubectl
  port=$(free_port) peer=$(free_port)
  server=https://127.0.0.1:$(free_port)
  admin=$(openssl rand -hex 16)
  mkdir -p "$work/api"
  "$bin/etcd" --data-dir "$etcd" --listen-client-urls "http://127.0.0.1:$port" --advertise-client-urls "http://127.0.0.1:$port" \
    --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" \
    --initial-cluster "default=http://127.0.0.1:$peer" --unsafe-no-fsync >"$work/api/etcd.log" 2>&1 &
  throwaway+=($!)
  disown
  openssl genrsa -out "$work/api/sa.key" 2048 2>/dev/null
  echo "$admin,admin,admin,system:masters" >"$work/api/tokens"
  cat >"$work/api/audit.yaml" <<Y
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived, ResponseStarted]
rules:
  - {level: Metadata, users: ["$SERVICE_ACCOUNT"]}
  - {level: Metadata, namespaces: [single, crowd], verbs: [create, patch]}
  - {level: None}
Y
  # no controllers are there to make ServiceAccounts
  "$bin/kube-apiserver" --etcd-servers="http://127.0.0.1:$port" --secure-port="${server##*:}" --bind-address=127.0.0.1 \
    --cert-dir="$work/api" --authorization-mode=RBAC --token-auth-file="$work/api/tokens" --disable-admission-plugins=ServiceAccount \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$work/api/sa.key" \
    --service-account-signing-key-file="$work/api/sa.key" --service-cluster-ip-range=10.96.0.0/16 \
    --audit-policy-file="$work/api/audit.yaml" --audit-log-path="$work/api/audit.log" >"$work/api/kube-apiserver.log" 2>&1 &
  throwaway+=($!)
  disown
  for _ in {1..600}; do
    if kubectl get --raw /readyz >/dev/null 2>&1; then return; fi
    kill -0 "${throwaway[-1]}" 2>/dev/null || break
    sleep .1
  done
  tail -n 5 "$work/api/kube-apiserver.log" >&2
  fail "the API server doesn't start: see the lines above"
}

kubectl() { "$kubectl" --kubeconfig=/dev/null --server="$server" --token="$admin" --insecure-skip-tls-verify "$@"; }

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
