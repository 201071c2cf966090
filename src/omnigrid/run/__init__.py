"""Executors: where jobs are rendered. One contract: the same artifacts, whatever the executor."""
