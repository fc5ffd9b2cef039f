"""What an examination says of a file: safe with its size in pixels, or unusable with a reason."""

from dataclasses import dataclass

REASONS = frozenset({
    "empty",
    "too_heavy",
    "not_jpeg",
    "too_many_pixels",
    "wrong_mode",
    "carries_metadata",
    "truncated",
    "undecodable",
    "too_slow",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is one of `REASONS`, or None when the picture is safe; then `width` and `height` are its pixels."""

    reason: str | None
    width: int | None = None
    height: int | None = None

    @property
    def safe(self) -> bool:
        """Whether the picture may be shown and printed."""
        return self.reason is None
