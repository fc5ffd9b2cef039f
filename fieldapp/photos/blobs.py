"""The store of bytes that never change: a folder of files named by their SHA-256, durable before anyone is told.

Local stores of the kept libraries never fsync (seen in their system calls), and a receipt here is a promise; hence our own.
"""

import contextlib
import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

KEY = re.compile(r"(photos|records|reports|settlements|proofs)/([0-9a-f]{64})")


class HashDiffers(ValueError):
    """The bytes do not have the SHA-256 that they were announced with."""


@dataclass(frozen=True, slots=True)
class BlobStore:
    """Files under `root`, spread over 256 folders a kind."""

    root: Path

    def path(self, key: str) -> Path:
        """Where the bytes of `key` (`photos/<sha256>`) lie; raises `ValueError` for anything else."""
        match = KEY.fullmatch(key)
        if match is None:
            raise ValueError("a key is a kind and a SHA-256")
        kind, name = match.groups()
        return self.root / kind / name[:2] / name

    def exists(self, key: str) -> bool:
        """Whether the bytes are there, whole."""
        return self.path(key).is_file()

    def open(self, key: str) -> BinaryIO:
        """The bytes, for reading; raises `FileNotFoundError`."""
        return self.path(key).open("rb")

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` durably; raises `HashDiffers` when the key names other bytes."""
        self.put_stream(key, (data,))

    def put_stream(self, key: str, chunks: Iterable[bytes]) -> None:
        """Keep the chunks durably under `key`, all or nothing: file, then folder, on the disk before this returns."""
        target = self.path(key)
        if target.is_file():
            sync_folder(target.parent)  # who put it may still wait for the disk
            return
        draft = self.root / f".draft-{secrets.token_hex(8)}"
        make_durable_folder(self.root)
        digest = hashlib.sha256()
        try:
            with draft.open("xb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if digest.hexdigest() != target.name:
                raise HashDiffers(key)
            self.adopt(key, draft)
        finally:
            draft.unlink(missing_ok=True)

    def adopt(self, key: str, draft: Path) -> None:
        """Make a written, synced and verified file the bytes of `key`; the draft's own name may then go."""
        target = self.path(key)
        make_durable_folder(target.parent)
        # Who was first may still wait for the disk: its name is brought there again.
        with contextlib.suppress(FileExistsError):
            os.link(draft, target)
        sync_folder(target.parent)

    def erase(self, key: str) -> None:
        """Remove the bytes; nothing happens when they are not there."""
        target = self.path(key)
        target.unlink(missing_ok=True)
        if target.parent.is_dir():
            sync_folder(target.parent)


def make_durable_folder(folder: Path) -> None:
    """Make a folder with its parents so that it is still there after a power cut."""
    if folder.is_dir():
        return
    make_durable_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's names to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
