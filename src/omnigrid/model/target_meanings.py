"""What the keys of targets and approvals mean, each with an example: see ``meanings.py``."""

from typing import Any

from msgspec import Struct

from omnigrid.model import approvals, targets

TARGET_MEANINGS: dict[type[Struct], dict[str, tuple[Any, ...]]] = {
    targets.TargetFile: {
        "name": ("What the target is called in messages. No two share it.", "brands"),
        "kind": (
            "What kind of host it is: what it expects and what its limits are. `local`: a folder "
            "on this disk; `plain`: any other git repository.",
            "github-pages",
        ),
        "repository": (
            "Where the repository is: a folder, an https or an ssh address. With a name in braces "
            "it is one a brand (`brand.slug`, `brand.id`, `brand.domain`) or one a sector "
            "(`sector.slug`, `sector.id`).",
            "git@host.example:sites/{brand.slug}.git",
        ),
        "branch": ("The branch that carries the sites.", "main"),
        "folder": (
            "The folder of the branch in which a site stands. Default: none where each brand has "
            "its repository, otherwise `{brand.slug}`; none for the whole portfolio.",
            "sites/{brand.slug}",
        ),
        "domain": (
            "The domain at which it is served. A brand's own comes first.",
            "{brand.slug}.brands.example",
        ),
        "sectors": ("Only the brands of these sectors. Default: all.", ["Legal_Tech_Compliance"]),
        "brands": ("Only these brands. Default: all.", ["FAA-001"]),
        "credentials": (
            "How to log in over https. Default: git's own credential helpers. Over ssh it is the "
            "agent and keys of whoever publishes.",
        ),
        "staging": (
            "A branch that is published first; `publish --promote` then brings the other one to "
            "it.",
            "staging",
        ),
        "history": (
            "How much history the branch keeps. Default: all of it, and that is never rewritten.",
        ),
        "signing": ("With which key its commits are signed. Default: none.",),
        "approval": (
            "Whether somebody has to approve of a publish in `approvals.yaml` first.",
            True,
        ),
        "deadline_seconds": ("How soon it is to be published; what is late goes first.", 120),
        "parallel": (
            "How many repositories of this host are pushed to at once. Default: the host's own.",
            4,
        ),
        "pushes_per_minute": (
            "How often a minute this host is pushed to. Default: the host's own.",
            6,
        ),
        "limits": (
            "How much the host takes, where a paid plan or a server of your own takes more than "
            "such hosts usually do, or less.",
        ),
    },
    targets.AuditFile: {
        "repository": (
            "A folder, or an https or ssh address of a git repository. The record stands there on "
            "the ref `refs/omnigrid/audit`, which disturbs nothing else, so that it may be a "
            "repository that is there already. Where CI publishes, name one that outlives its "
            "machines.",
            "git@host.example:sites/audit.git",
        ),
        "credentials": ("How to log in over https, as at a target.",),
    },
    targets.LimitsFile: {
        "files": (
            "How many files a site may have; on GitLab, files and folders together.",
            100_000,
        ),
        "megabytes": ("How large a site may be, in millions of bytes.", 5_000),
    },
    targets.CredentialsFile: {
        "user": ("The name to log in with.", "omnigrid"),
        "token": (
            "The name of the environment variable that holds the password or token. Never the "
            "secret itself.",
            "HOSTING_TOKEN",
        ),
    },
    targets.HistoryFile: {
        "keep": (
            "How many commits are kept. Older ones are squashed into one, which rewrites the "
            "branch: the host has to allow that.",
            50,
        ),
    },
    approvals.ApprovalsFile: {
        "approvals": ("The approvals, in any order.",),
    },
    approvals.ApprovalFile: {
        "target": (
            "The name of the target; where it is one repository a brand or a sector, that name "
            "for all of them, or `name/slug` for one.",
            "brands",
        ),
        "by": ("Who approves.", "Jane Doe, Legal"),
        "scope": (
            "How much is approved of: whatever is published, some sectors, some brands, or one "
            "commit of the portfolio. Several approvals add up.",
            "sectors",
        ),
        "sectors": ("For `scope: sectors`: their ids.", ["Legal_Tech_Compliance"]),
        "brands": ("For `scope: brands`: their ids.", ["FAA-001"]),
        "commit": (
            "For `scope: commit`: the commit that was looked at. What is published must be the "
            "same files.",
            "1f0e3dad99908345f7439f8ffabdffc41f0e3dad",
        ),
        "until": ("The last day on which it holds.", "2026-12-31"),
        "note": ("Why, or where it was decided.", "Minutes of 14 September, item 3"),
    },
    targets.SigningFile: {
        "format": ("How commits are signed.", "ssh"),
        "key": (
            "The name of the environment variable that holds the path of the key (`ssh`) or its id "
            "(`openpgp`).",
            "SIGNING_KEY",
        ),
    },
}
