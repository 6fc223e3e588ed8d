"""The pod of a run, as the operator believes it."""

from __future__ import annotations

import json
import unittest

from imaging.sandbox.run_pod import pod_of, succeeded

JOB = {
    "metadata": {"name": "shop-1", "uid": "u1"},
    "spec": {
        "template": {
            "metadata": {"labels": {"sluice.dev/migration": "shop"}},
            "spec": {"containers": [{"name": "migrate", "image": "shop:1"}]},
        }
    },
}


class RunPodTest(unittest.TestCase):
    def test_is_controlled_by_its_job_and_has_its_labels(self) -> None:
        metadata = pod_of(JOB)["metadata"]
        self.assertEqual({"sluice.dev/migration": "shop"}, metadata["labels"])
        (owner,) = metadata["ownerReferences"]
        self.assertEqual(("shop-1", "u1", True), (owner["name"], owner["uid"], owner["controller"]))

    def test_reports_the_revision_that_it_applied(self) -> None:
        (container,) = succeeded(pod_of(JOB), "7", "2026-01-02T03:04:05Z")["status"]["containerStatuses"]
        report = json.loads(container["state"]["terminated"]["message"])
        self.assertEqual(("migrate", "7", ["7"]), (container["name"], report["revision"], report["revisions"]))


if __name__ == "__main__":
    unittest.main()
