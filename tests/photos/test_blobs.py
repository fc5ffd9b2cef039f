"""The store of bytes: whole, verified, and never replaced."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.photos import blobs
from fieldapp.photos.blobs import BlobStore, HashDiffers

DATA = b"what was seen"
KEY = "photos/" + hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs")


def names(store: BlobStore) -> set[str]:
    return {path.name for path in store.root.rglob("*") if path.is_file()}


def test_bytes_are_read_back_as_they_were_put(store: BlobStore) -> None:
    store.put(KEY, DATA)
    with store.open(KEY) as file:
        assert file.read() == DATA


def test_putting_the_same_bytes_twice_keeps_one_file(store: BlobStore) -> None:
    store.put(KEY, DATA)
    store.put(KEY, DATA)
    assert names(store) == {KEY.split("/")[1]}


def test_who_comes_second_promises_nothing_before_the_name_is_on_the_disk(
    store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one may still wait for the disk when the second one answers."""
    store.put(KEY, DATA)
    synced: list[Path] = []
    monkeypatch.setattr(blobs, "sync_folder", synced.append)
    draft = tmp_path / "draft"
    draft.write_bytes(DATA)
    store.adopt(KEY, draft)
    assert synced == [store.path(KEY).parent]
    synced.clear()
    store.put(KEY, DATA)
    assert synced == [store.path(KEY).parent]


def test_other_bytes_than_announced_are_refused_and_leave_nothing(store: BlobStore) -> None:
    with pytest.raises(HashDiffers):
        store.put(KEY, b"something else")
    assert not store.exists(KEY)
    assert names(store) == set()


def test_a_source_that_breaks_leaves_nothing(store: BlobStore) -> None:
    def broken() -> Iterator[bytes]:
        yield DATA[:4]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put_stream(KEY, broken())
    assert names(store) == set()


@pytest.mark.parametrize("key", ("photos/../secret-key", "other/" + "0" * 64, "photos/ABC", ""))
def test_a_name_that_is_no_hash_never_reaches_the_disk(store: BlobStore, key: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(key)
