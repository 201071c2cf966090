"""Template packs: their files and one digest each. Edge: reads the disk; understands nothing."""
