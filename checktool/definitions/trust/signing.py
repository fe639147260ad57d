"""Ed25519 signatures of packs (RFC 8032): ``pack.sig`` is the raw signature of the bytes of pack.toml.

``[files]`` in pack.toml holds the SHA-256 of every other file, so the signature covers the whole pack.
The public key travels as ``pack.pub`` (PEM, RFC 8410); it is trusted by its fingerprint, the SHA-256 of
its 32 bytes in hex. Any tool can verify: ``openssl pkeyutl -verify -rawin``.
"""

import hashlib
import os
import re
import tomllib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from checktool.definitions import pack as packs
from checktool.errors import PackError

KEY = "pack.pub"
_FILES = re.compile(r"^\[files\][^\n]*\n(?:(?!\[)[^\n]*\n?)*", re.MULTILINE)


def new_key(path: Path, password: bytes | None = None) -> str:
    """Make a key pair: ``path`` (private, PKCS #8) and ``path.pub``; answers the fingerprint.

    Raises PackError P051 when either file exists, P040 when it cannot be written.
    """
    key = Ed25519PrivateKey.generate()
    guard: KeySerializationEncryption = BestAvailableEncryption(password) if password else NoEncryption()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, guard)
    public = _pem(key.public_key())
    beside = path.with_name(f"{path.name}.pub")
    try:
        for place in (path, beside):
            if place.exists() or place.is_symlink():
                raise PackError("P051", path=place.name)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(private)
        with beside.open("xb") as stream:
            stream.write(public)
    except OSError as fault:
        raise PackError("P040", path=path.name, reason=type(fault).__name__) from None
    return fingerprint(public)


def fingerprint(public: bytes) -> str:
    """The fingerprint of a public key in PEM. Raises PackError P040."""
    raw = _public(public).public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()


def sign(root: Path, pack_id: str, key_file: Path, password: bytes | None = None) -> str:
    """Sign a pack in place: pack.pub, ``[files]`` in pack.toml, pack.sig; answers the fingerprint.

    Raises PackError P040 for a key that cannot be used.
    """
    try:
        key = load_pem_private_key(key_file.read_bytes(), password)
    except (OSError, ValueError, TypeError) as fault:
        raise PackError("P040", path=key_file.name, reason=type(fault).__name__) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise PackError("P040", path=key_file.name, reason="kind")
    folder = root / "rules" / pack_id
    public = _pem(key.public_key())
    (folder / KEY).write_bytes(public)
    sheet = folder / packs.COVER
    sheet.write_bytes(with_files(sheet.read_text(encoding="utf-8"), root, pack_id).encode("utf-8"))
    (folder / packs.SIGNATURE).write_bytes(key.sign(sheet.read_bytes()))
    return fingerprint(public)


def with_files(cover: str, root: Path, pack_id: str) -> str:
    """The text of a cover sheet with ``[files]`` as its last table, naming every file of the pack."""
    own = {f"rules/{pack_id}/{packs.COVER}", f"rules/{pack_id}/{packs.SIGNATURE}"}
    sums = {name: packs.sha256(path) for name, path in packs.files_of(root, pack_id).items()}
    lines = [f'"{name}" = "{digest}"\n' for name, digest in sums.items() if name not in own]
    return _FILES.sub("", cover).rstrip("\n") + "\n\n[files]\n" + "".join(lines)


def signer(root: Path, pack_id: str) -> str | None:
    """The fingerprint of the key that signed a pack; None when it is not signed.

    Raises PackError P045 when there is a signature that does not fit, or that covers pack.toml alone.
    """
    folder = root / "rules" / pack_id
    if not (folder / packs.SIGNATURE).exists():
        return None
    try:
        public = (folder / KEY).read_bytes()
        signature = (folder / packs.SIGNATURE).read_bytes()
        sheet = (folder / packs.COVER).read_bytes()
        _public(public).verify(signature, sheet)
        covered = "files" in tomllib.loads(sheet.decode("utf-8"))
    except (OSError, ValueError, InvalidSignature):
        covered = False
    if not covered:
        raise PackError("P045", id=pack_id)
    return fingerprint(public)


def _pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except ValueError as fault:
        raise PackError("P040", path=KEY, reason=type(fault).__name__) from None
    if not isinstance(key, Ed25519PublicKey):
        raise PackError("P040", path=KEY, reason="kind")
    return key
