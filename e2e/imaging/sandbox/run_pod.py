"""The pod of a Job that runs migrations, played: made as the Job controller makes it, and ended as the kubelet reports it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from imaging.sandbox.api_server import ApiServer

JOB_CONTROLLER = ("--as=system:serviceaccount:kube-system:job-controller", "--as-group=system:masters")
"""Others may not make such pods: the operator's installation has a policy for that."""


def pod_of(job: dict[str, Any]) -> dict[str, Any]:
    """Controlled by the Job, and on a node."""
    template, name = job["spec"]["template"], job["metadata"]["name"]
    owner = {"apiVersion": "batch/v1", "kind": "Job", "name": name, "uid": job["metadata"]["uid"], "controller": True}
    metadata = template["metadata"] | {"name": f"{name}-x7k2p", "ownerReferences": [owner]}
    spec = template["spec"] | {"nodeName": "node-1"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def succeeded(pod: dict[str, Any], revision: str, now: str) -> dict[str, Any]:
    """A status whose first container has applied a revision."""
    container = pod["spec"]["containers"][0]
    report = {"outcome": "Applied", "revision": revision, "applied": 1, "total": 1, "pending": 0, "skipped": 0}
    ended = {
        "exitCode": 0,
        "reason": "Completed",
        "startedAt": now,
        "finishedAt": now,
        "containerID": "containerd://4f1d3c6b8f0c5a9e",
        "message": json.dumps(report | {"revisions": [revision]}),
    }
    status = {
        "name": container["name"],
        "image": container["image"],
        "imageID": container["image"],
        "containerID": ended["containerID"],
        "ready": False,
        "started": False,
        "restartCount": 0,
        "state": {"terminated": ended},
    }
    return {"status": {"phase": "Succeeded", "startTime": now, "containerStatuses": [status]}}


def complete(now: str) -> dict[str, Any]:
    conditions = [
        {"type": "SuccessCriteriaMet", "status": "True"},
        {"type": "Complete", "status": "True", "lastTransitionTime": now},
    ]
    return {"status": {"startTime": now, "completionTime": now, "succeeded": 1, "conditions": conditions}}


def play(server: ApiServer, namespace: str, job_name: str, revision: str) -> None:
    """A run that succeeds at once."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    pod = pod_of(json.loads(server.kubectl("-n", namespace, "get", job_name, "-o", "json")))
    server.kubectl("-n", namespace, *JOB_CONTROLLER, "create", "-f", "-", text=json.dumps(pod))
    server.patch_status(namespace, f"pod/{pod['metadata']['name']}", json.dumps(succeeded(pod, revision, now)))
    server.patch_status(namespace, job_name, json.dumps(complete(now)))
