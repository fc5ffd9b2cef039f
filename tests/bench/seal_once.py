"""One sealed report as the worker makes it: rendered in its own process, sealed, verified; prints what it took as JSON."""

import json
import pickle
import resource
import sys
import time
from pathlib import Path

from fieldapp.reports import authority, process, seal
from fieldapp.reports.verify import verify


def main(sample: Path, folder: Path, target: Path) -> None:
    """Seals a pickled sample with the demonstration authority of `folder`."""
    made = pickle.loads(sample.read_bytes())  # noqa: S301  # written a moment ago by the benchmark itself
    begin = time.perf_counter()
    who = authority.load(folder)
    pdf = seal.seal(process.render_inventory(made.record, made.acts, made.files, made.evidence), who, None)
    sealed = time.perf_counter()
    intact = verify(pdf, who.roots).intact
    done = time.perf_counter()
    target.write_bytes(pdf)
    said = {
        "seconds": done - begin,
        "verify_seconds": done - sealed,
        "render_rss_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "worker_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "bytes": len(pdf),
        "intact": intact,
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
