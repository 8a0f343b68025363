"""Make a reading model: `python -m training --data DIR --out DIR`, in about 2.5 hours on two quiet cores; run again, it goes on.

    python -m training --data DIR --out DIR                    the model that ships, from every document at hand
    python -m training --data DIR --out DIR --model fold0      the one that is judged on fold 0 of LitBank (fold3, fold7, events)
    python -m training --data DIR --out DIR --model dev0       without fold 0's development documents, to choose by

OUT/adapted, OUT/treebanks and OUT/silver.jsonl are made once and serve all. The model is left in OUT/MODEL/weights.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fabula.errors import FabulaError

# What glibc is told before a run: to keep what it has been given, in large pages. Else half of the time goes into page faults.
_ALLOCATION = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "MALLOC_MMAP_THRESHOLD_": str(2**25),
    "MALLOC_TRIM_THRESHOLD_": str(2**34),
    "MALLOC_TOP_PAD_": str(2**28),
}
MODELS = ("reader", "fold0", "fold3", "fold7", "events", "dev0")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train what is not trained yet, and export it; 2 where a corpus or the encoder is missing."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="where runs and models are kept")
    parser.add_argument("--model", choices=MODELS, default="reader")
    parser.add_argument("--precision", choices=("int8", "int8-reduced", "float"), default="int8")
    parser.add_argument("--weights", type=Path, help="those of a model that has learnt all but the pages: learn these alone")
    options = parser.parse_args(arguments)
    if sys.platform == "linux" and not _ALLOCATION.items() <= os.environ.items():
        again = [sys.executable, "-m", "training", *(arguments if arguments is not None else sys.argv[1:])]
        os.execve(sys.executable, again, {**os.environ, **_ALLOCATION})
    from training.recipe import make_model  # late: with torch

    try:
        folder = make_model(options.data, options.out, options.model, options.precision, options.weights)
    except FabulaError as error:
        print(error, file=sys.stderr)
        return 2
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
