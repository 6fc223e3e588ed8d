# Shared by `up` and `down`: which processes, mounts and links are the cluster's own. Sourced, with $S (the state folder) set.
# A process of ours carries its state folder and part in its environment, so that neither a stale pid file nor a reused pid
# can make us kill somebody else's.
# shellcheck shell=bash

PARTS=(etcd kube-apiserver kube-controller-manager kube-scheduler containerd kubelet kube-proxy coredns)
BRIDGE=sluice0
LOCK=/run/sluice-cluster.lock

state_dir() { # [argument]: the state folder, absolute
  local dir
  dir=$(realpath -m -- "${1:-${SLUICE_CLUSTER:-/var/lib/sluice-cluster}}")
  case $dir in
    / | *[[:space:]]*) fail "$dir can't be a state folder: choose one of its own, without spaces" ;;
  esac
  if [ -d "$dir" ] && [ ! -e "$dir/.sluice-cluster" ] && [ -n "$(ls -A "$dir")" ]; then
    fail "$dir exists and isn't a state folder of this script: choose an empty or a new one"
  fi
  echo "$dir"
}

lock_machine() {
  exec 9>"$LOCK"
  flock -n 9 || { say "another up or down is running, waiting for it"; flock 9; }
}

own_pids() { # all of them: parts, shims, and what they started outside of containers
  grep -lzxF "SLUICE_CLUSTER_STATE=$S" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 || true
}

part_pid() { # part: its process id, or nothing
  local p exe
  for p in $(grep -lzxF "SLUICE_CLUSTER_PART=$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3); do
    grep -qzxF "SLUICE_CLUSTER_STATE=$S" "/proc/$p/environ" 2>/dev/null || continue
    exe=$(readlink "/proc/$p/exe") || continue
    case ${exe##*/} in
      kubernetes-* | dns-* | etcd-* | containerd | containerd\ *) echo "$p"; return ;; # not a shim, nor a helper that the part started
    esac
  done
}

container_pids() { # processes whose root file system is one of our snapshots, whoever their parent is by now
  local m
  for m in /proc/[0-9]*/mountinfo; do
    if awk -v s="upperdir=$S/containerd/" '$5 == "/" && index($0, s) {f = 1} END {exit !f}' "$m" 2>/dev/null; then
      m=${m#/proc/}
      echo "${m%/*}"
    fi
  done
}

gone_within() { # tenths-of-a-second command: until it prints nothing
  local n=$1 left
  shift
  while :; do
    left=$("$@")
    [ -n "$left" ] || return 0
    [ $((n -= 2)) -gt 0 ] || return 1
    sleep .2
  done
}

pids_of() { local c; for c; do part_pid "$c"; done; }

end() { # tenths-of-a-second part...: asks, then insists
  local n=$1 p
  shift
  for p in $(pids_of "$@"); do kill "$p" 2>/dev/null || true; done
  gone_within "$n" pids_of "$@" && return
  for p in $(pids_of "$@"); do kill -KILL "$p" 2>/dev/null || true; done
  gone_within 30 pids_of "$@" || true
}

own_mounts() { awk -v s="$S/" 'index($2, s) == 1 {print $2}' /proc/mounts | sort -r; }

stop_all() {
  local p
  end 30 coredns kube-proxy kube-scheduler kube-controller-manager kubelet
  for p in $(container_pids); do kill "$p" 2>/dev/null || true; done # databases get their moment
  if ! gone_within 30 container_pids; then
    for p in $(container_pids); do kill -KILL "$p" 2>/dev/null || true; done
    gone_within 30 container_pids || true
  fi
  end 30 containerd kube-apiserver
  end 50 etcd
  for p in $(own_pids); do kill -KILL "$p" 2>/dev/null || true; done # shims
  gone_within 50 own_pids || true
  for p in $(container_pids); do kill -KILL "$p" 2>/dev/null || true; done
  while p=$(own_mounts) && [ -n "$p" ]; do
    xargs -rn1 umount -l <<<"$p" 2>/dev/null || break
  done
  rm -rf "$S"/containerd/state/io.containerd.grpc.v1.cri/netns "$S"/cni/networks "$S"/run/*.sock*
  if [ -e "/sys/class/net/$BRIDGE" ]; then
    ip link del "$BRIDGE" 2>/dev/null || true
    for p in "ip kube-proxy" "ip6 kube-proxy" "ip sluice-cluster"; do
      # shellcheck disable=SC2086
      nft delete table $p 2>/dev/null || true
    done
    find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2>/dev/null || true
    rm -f /var/lib/cni/results/sluice-* /var/lib/cni/cache/results/sluice-*
  fi
}

wipe() { # what is mounted where this process can't see it is put aside instead
  rm -rf --one-file-system "$S" 2>/dev/null || mv "$S" "$S.stale.$$"
}
