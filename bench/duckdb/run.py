"""Person rules as SQL in DuckDB: times each file of this folder over a lake or a folder of Parquet files and writes the keys it finds.

    python run.py DATA LIBRARY OUT [--as-of 2099-12-31] [--threads 2] [--rules a/b,c/d] [--repeat 1]

For each rule OUT/<chapter>/<rule>.csv holds the offending rows as `source,key`, sorted, parts of a key joined by `|`: the same rows that the
product's findings of that rule name as offending, those that are `inconclusive` left out, with the default parameters. OUT/times.json
holds the seconds of each rule and of opening the data.
"""

import argparse
import csv
import json
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import oracle  # noqa: E402


def knowledge(connection, library: pathlib.Path) -> None:
    """Makes each knowledge table a table of texts with the number of its line."""
    for rows in sorted(library.glob("knowledge/*/rows.csv")):
        path = str(rows).replace("'", "''")
        connection.execute(
            f"CREATE TEMP TABLE knowledge_{rows.parent.name} AS "
            f"SELECT *, ROW_NUMBER() OVER () AS line FROM read_csv('{path}', all_varchar = true, header = true)"
        )


def screen(connection, file: pathlib.Path, repeat: int):
    """The sorted keys of a rule, and the best time of some runs."""
    sql, best = file.read_text(encoding="utf-8"), float("inf")
    for _ in range(repeat):
        begin = time.perf_counter()
        found = connection.execute(sql).fetchall()
        best = min(best, time.perf_counter() - begin)
    return sorted(set(found)), best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("library", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--as-of", default="2099-12-31")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--rules", default="")
    asked = parser.parse_args()
    begin = time.perf_counter()
    connection = oracle.connect(asked.data, asked.as_of, asked.threads)
    knowledge(connection, asked.library)
    times = {"open": time.perf_counter() - begin}
    chosen = set(filter(None, asked.rules.split(",")))
    for file in sorted(HERE.glob("*/*.sql")):
        name = f"{file.parent.name}/{file.stem}"
        if chosen and name not in chosen:
            continue
        keys, times[name] = screen(connection, file, asked.repeat)
        target = asked.out / f"{name}.csv"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="") as written:
            writer = csv.writer(written, lineterminator="\n")
            writer.writerow(["source", "key"])
            writer.writerows(keys)
        print(f"{name:42} {times[name]:8.3f} s {len(keys):9} rows", file=sys.stderr)
    times["total"] = sum(times.values())
    print(f"{'total':42} {times['total']:8.3f} s", file=sys.stderr)
    (asked.out / "times.json").write_text(json.dumps(times, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
