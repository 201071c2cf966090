"""Shards: a plan cut into shares that are built apart, and merged later."""

import hashlib

from msgspec import Struct

from omnigrid.model.names import Digest, JobId


class Shard(Struct, frozen=True):
    """One share of ``count`` of a plan's jobs. ``number`` counts from 1."""

    number: int
    count: int

    def holds(self, job: JobId) -> bool:
        """Whether a job is in this share. It is in exactly one, whatever other jobs there are."""
        found = int.from_bytes(hashlib.sha256(job.encode()).digest()[:8], "big")
        return found % self.count == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


class Part(Struct, frozen=True):
    """What the build of one shard is a part of."""

    shard: Shard
    jobs: int
    """How many jobs the shard has, those that failed included."""
    plan: Digest
    """Stands for the whole plan."""
