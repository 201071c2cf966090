"""The codes of targets and approvals: title and text of each."""

TARGET_CODES: dict[str, tuple[str, str]] = {
    "OG501": (
        "two things would be published to the same place",
        "Two targets write the same branch of the same repository, or two sites the same folder of "
        "one branch. Each would take away what the other one wrote. Give each a repository, a "
        "branch or a folder of its own.",
    ),
    "OG502": (
        "a target that takes nobody",
        "The `sectors` and `brands` of the target leave no brand over. Name some that there are, "
        "or take the target out.",
    ),
    "OG503": (
        "a pattern that cannot be filled in",
        "A pattern such as `git@host.example:sites/{brand.slug}.git` may name `brand.slug`, "
        "`brand.id`, `brand.domain`, `sector.slug` and `sector.id`. The message says which name "
        "is unknown, or has no value for a brand.",
    ),
    "OG504": (
        "a hosting repository that cannot be reached this way",
        "A repository of another machine is named by an https address or by an ssh one, such as "
        "`git@host.example:sites/actuary.git`. Plain http is refused, because others can read and "
        "change what passes; so are addresses with a password in them: name the environment "
        "variable that holds it in `credentials.token`. A target of kind `local` is a folder.",
    ),
    "OG505": (
        "a domain that is not the target's",
        "The `domain` of a target is a bare name in lower case, such as `actuary.example`: no "
        "https://, no path, no port. What a brand has as its own domain leads to that brand alone, "
        "and no two targets give one domain to different sites: visitors would see whichever was "
        "published last.",
    ),
    "OG511": (
        "an approval for a target that there is not",
        "The `target` of an approval is the name of a target in `omnigrid.yaml`; where the target "
        "is one repository a brand or a sector, also that name, a slash and the brand's or "
        "sector's file name, such as `brands/actuary`. A misspelt one would approve of nothing.",
    ),
    "OG512": (
        "an approval whose scope and keys do not fit",
        "`scope: all` needs nothing more; `scope: sectors` needs `sectors:` with their ids, "
        "`scope: brands` needs `brands:`, and `scope: commit` needs `commit:` with the whole id of "
        "the commit that was looked at.",
    ),
    "OG513": (
        "an approval that nobody asks for",
        "The target has no `approval: true`, so that it is published in any case. Demand the "
        "approval there, or take this one out.",
    ),
    "OG514": (
        "an approval that has ended",
        "Its last day was before the day of the last commit. The target is blocked until somebody "
        "approves again. This is a warning: the day comes without anybody changing a file.",
    ),
}
