# shellcheck shell=bash
# For e2e/bench: etcd and kube-apiserver alone, without a node, in the folder work of roots.sh.

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
