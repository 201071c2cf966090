"""An sshd of the current user that serves git repositories below a folder, and nothing else."""

import getpass
import os
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from support.servers.program import LOOPBACK, Program, absent, need
from support.servers.remote import Remote
from support.servers.repository import ISOLATED, Repository

_HOST_NAME = "git.example"
"""Whose key the known hosts have, whatever port a proxy listens on."""
_TRIES = 20
_SERVE = """\
#!/bin/sh
# What a client asked for, if it is git below the root: as a forge does it.
case $SSH_ORIGINAL_COMMAND in
  "git-upload-pack '"*"'") service=upload-pack ;;
  "git-receive-pack '"*"'") service=receive-pack ;;
  *) echo "This server speaks only git." >&2; exit 128 ;;
esac
path=${SSH_ORIGINAL_COMMAND#*\\'}
path=${path%\\'}
case $path in
  *..* | *\\'*) echo "No such repository." >&2; exit 128 ;;
esac
if [ ! -d "{root}/$path/objects" ]; then
  echo "ERROR: Repository not found." >&2
  exit 128
fi
{variables}
exec git "$service" "{root}/$path"
"""
_CONFIGURATION = """\
ListenAddress {address}:{port}
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/authorized_keys
AllowUsers {user}
AuthenticationMethods publickey
PermitRootLogin forced-commands-only
StrictModes no
UsePAM no
AcceptEnv GIT_PROTOCOL
DisableForwarding yes
PermitTTY no
PermitUserRC no
PrintMotd no
UseDNS no
MaxStartups 200
LogLevel VERBOSE
"""


@dataclass(frozen=True)
class Key:
    """A key made for the tests: a file, and what stands beside it with ``.pub``."""

    file: Path

    @property
    def public(self) -> str:
        """The public half, as in ``authorized_keys``."""
        return self.file.with_name(f"{self.file.name}.pub").read_text()


class SshServer:
    """Repositories below ``root`` for who has the key; paths of addresses begin at ``root``."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "repositories"
        self._sshd = need("sshd", "openssh-server")
        self._keygen = need("ssh-keygen", "openssh-client")

    def __enter__(self) -> Self:
        self.root.mkdir(parents=True)
        _make_separation_folder()
        host = self.key("host_key")
        self.client_key = self.key("client_key")
        self.known_hosts = self.folder / "known_hosts"
        self.known_hosts.write_text(f"{_HOST_NAME} {host.public}")
        serve = self.folder / "serve"
        admitted = f'restrict,command="{serve}" {self.client_key.public}'
        (self.folder / "authorized_keys").write_text(admitted)
        self._write_service()
        self.port, self._program = self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._program.end()

    def new(self, name: str) -> Remote:
        """Return a new, empty repository."""
        return self.remote(Repository(self.root / name).create())

    def remote(self, repository: Repository) -> Remote:
        """Return the way to a repository of this server."""
        path = repository.folder.relative_to(self.root)
        return Remote(
            "ssh",
            f"ssh://{getpass.getuser()}@{LOOPBACK}:{self.port}/{path}",
            repository,
            ssh=self.command(self.client_key, self.known_hosts),
        )

    def command(self, key: Key | None, known: Path | None) -> tuple[str, ...]:
        """Return the client's command: with a key or none, and who is known or nobody."""
        options = {
            "BatchMode": "yes",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
            "IdentityFile": str(key.file) if key else "none",
            "UserKnownHostsFile": str(known or os.devnull),
            "GlobalKnownHostsFile": os.devnull,
            "StrictHostKeyChecking": "yes",
            "HostKeyAlias": _HOST_NAME,
        }
        words = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return ("ssh", "-F", os.devnull, *words)

    def key(self, name: str) -> Key:
        """Return a new key, which opens nothing yet."""
        made = Key(self.folder / name)
        asked = ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(made.file)]
        subprocess.run([self._keygen, *asked], check=True, capture_output=True)
        return made

    def known(self, key: Key) -> Path:
        """Return known hosts that expect another key of the server."""
        listed = self.folder / f"known_hosts-{key.file.name}"
        listed.write_text(f"{_HOST_NAME} {key.public}")
        return listed

    def _write_service(self) -> None:
        variables = "\n".join(f"export {name}={value}" for name, value in ISOLATED.items())
        serve = self.folder / "serve"
        text = _SERVE.replace("{root}", str(self.root)).replace("{variables}", variables)
        serve.write_text(text)
        serve.chmod(0o755)

    def _start(self) -> tuple[int, Program]:
        """Start on a free port; on another where somebody else was faster to take it."""
        for number in range(_TRIES):
            port = _free_port()
            configuration = self.folder / f"sshd_config-{number}"
            configuration.write_text(
                _CONFIGURATION.format(
                    address=LOOPBACK, port=port, folder=self.folder, user=getpass.getuser()
                )
            )
            log = self.folder / f"sshd-{number}.log"
            started = Program([self._sshd, "-D", "-e", "-f", configuration], log)
            if started.wait_for("Server listening on"):
                return port, started
            started.end()
        raise AssertionError(f"sshd does not start: {log.read_text()}")


def _free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as found:
        port: int = found.getsockname()[1]
        return port


def _make_separation_folder() -> None:
    """What Debian's service makes at boot: an sshd of root goes into this empty folder."""
    if os.geteuid() != 0:
        return
    try:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    except OSError as fault:
        absent(f"sshd of root needs /run/sshd: {fault}")
