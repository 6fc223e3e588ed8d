# shellcheck shell=bash
# The init container's part of e2e/bench: what every pod pays for it that needn't wait, and what an API server pays for a thousand that do.

start_team() { # an account with the rights of the component, and a migration that is applied
  local name account
  kubectl create namespace team >/dev/null
  kubectl -n team create serviceaccount shop >/dev/null
  kubectl -n team create role wait --verb=get,watch --resource=databasemigrations.sluice.dev --resource-name=shop >/dev/null
  kubectl -n team create rolebinding wait --role=wait --serviceaccount=team:shop >/dev/null
  kubectl -n team apply -f - >/dev/null <<'Y'
apiVersion: sluice.dev/v1alpha1
kind: DatabaseMigration
metadata: {name: shop}
spec:
  image: localhost/shop:1
  changelog: {path: root.yaml}
  database: {host: db, name: shop, credentials: {secret: {name: db}}}
Y
  kubectl -n team patch dbm shop --subresource=status --type=merge -p '{"status": {"observedGeneration": 1, "revision": "1", "target": "t",
    "appliedRevisions": [{"revision": "1", "target": "t", "appliedAt": "2026-01-01T00:00:00Z"}]}}' >/dev/null
  team_token=$(kubectl -n team create token shop --duration=24h)
  for name in wait runner; do
    account=$work/$name/var/run/secrets/kubernetes.io/serviceaccount
    mkdir -p "$account"
    printf team >"$account/namespace"
    printf '%s' "$team_token" >"$account/token"
    cp "$work/api/apiserver.crt" "$account/ca.crt"
  done
}

# --- the contenders, each a function

true-in-the-root() { (environment=() && inside wait /tmp/true); }
wait-image() { (inside wait /opt/sluice/jre/bin/java @/opt/sluice/wait shop@1); }
runner-image() { (inside runner /opt/sluice/jre/bin/java @/opt/sluice/sluice wait shop@1); }

compressed() { # archive: MB of its layers as a registry keeps them
  python3 - "$1" <<'P'
import gzip, json, sys, tarfile
archive = tarfile.open(sys.argv[1])
size = 0
for name in json.load(archive.extractfile("manifest.json"))[0]["Layers"]:
    layer = archive.extractfile(name).read()
    size += len(layer if layer[:2] == b"\x1f\x8b" else gzip.compress(layer, 6))
print(f"{size / 1e6:.1f} MB")
P
}

percentile() { sort -n | awk -v p="$1" '{v[NR] = $1} END {i = int(NR * p + 0.999999); print v[i < 1 ? 1 : i]}'; }

start_and_exit() { # starts: all in turns
  local round who
  environment=(KUBERNETES_SERVICE_HOST=127.0.0.1 "KUBERNETES_SERVICE_PORT=${server##*:}")
  for ((round = 0; round <= $1; round++)); do # the first warms the caches of the disk
    for who in true-in-the-root wait-image runner-image; do
      measured "$who" >"$work/value"
      [ $round = 0 ] || cat "$work/value" >>"$work/starts.$who"
    done
  done
  printf '%-18s %14s %14s %14s %10s\n' "already applied" "median" "p99" "processor" "memory"
  for who in true-in-the-root wait-image runner-image; do
    printf '%-18s %11.0f ms %11.0f ms %11.0f ms %7.0f MB\n' "$who" "$(cut -d' ' -f1 "$work/starts.$who" | percentile .5)" \
      "$(cut -d' ' -f1 "$work/starts.$who" | percentile .99)" "$(cut -d' ' -f2 "$work/starts.$who" | percentile .5)" \
      "$(cut -d' ' -f3 "$work/starts.$who" | percentile 1 | awk '{print $1 / 1024}')"
  done
}

bench_wait() { # starts
  local archives wait_archive runner_archive pid how
  archives=$("$here/images" wait runner)
  { read -r wait_archive; read -r runner_archive; } <<<"$archives"
  unpack wait "$wait_archive"
  unpack runner "$runner_archive"
  check_cache wait wait --help
  cp /bin/true "$work/wait/tmp/true"
  start_api_server
  pid=${throwaway[-1]}
  kubectl apply --server-side -f "${here%/*}/crds/databasemigrations.sluice.dev.yaml" >/dev/null
  kubectl wait --for=condition=Established crd/databasemigrations.sluice.dev >/dev/null
  start_team
  say "$1 starts of each; $(load)"
  start_and_exit "$1"
  echo "image: $(compressed "$wait_archive") compressed, the runner's $(compressed "$runner_archive")"
  for how in nothing watch poll; do
    python3 "$here/bench-waiters.py" "$how" "${server##*:}" "$team_token" "$pid"
  done
  say "at the end: $(load)"
}
