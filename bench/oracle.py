"""Runs SELECT statements in DuckDB over a folder of Parquet files and prints their rows as JSON: the independent answers that tests compare with.

    python oracle.py FOLDER AS_OF QUERY.sql… [--threads N]

FOLDER is a lake, or holds `<table>*.parquet`; raw tables in, live rows out (see duckdb/live.sql). Files `knowledge_*.parquet` become tables as they are.
"""

import argparse
import datetime
import decimal
import json
import pathlib
import sys

import duckdb

HERE = pathlib.Path(__file__).resolve().parent
LIVE = ("settlement", "encounter", "fee")
TABLES = LIVE + ("person", "institution", "agreement", "practitioner", "diagnosis", "operation", "activity", "benefit")


def connect(folder: pathlib.Path, as_of: str, threads: int) -> duckdb.DuckDBPyConnection:
    """A connection in which every table has live rows under its plain name."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"CREATE OR REPLACE TEMP MACRO as_of() AS DATE '{datetime.date.fromisoformat(as_of)}'")
    for table in TABLES:
        files = [str(file) for file in files_of(folder, table)]
        if files:
            name = f"raw_{table}" if table in LIVE else table
            listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
            connection.execute(
                f"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet([{listed}], hive_partitioning = false, union_by_name = true)"
            )
    for file in sorted(folder.glob("knowledge_*.parquet")):
        connection.execute(f"CREATE TEMP VIEW {file.stem} AS SELECT * FROM '{file}'")
    connection.execute((HERE / "duckdb" / "live.sql").read_text(encoding="utf-8"))
    return connection


def files_of(folder: pathlib.Path, table: str) -> list[pathlib.Path]:
    """The files of a table: of a lake those that its newest version names, else those called `<table>.parquet` or `<table>-….parquet`."""
    versions = sorted((folder / "versions").glob("*.json"), key=lambda file: int(file.stem))
    if not versions:
        return sorted(file for file in folder.glob("*.parquet") if file.stem.split("-")[0] == table)
    manifest = json.loads(versions[-1].read_text(encoding="utf-8"))
    state = manifest["tables"].get(table, {"files": []})
    return [folder / "tables" / table / file["path"] for file in state["files"]]


def plain(value):
    """A value as JSON holds it: the forms in which findings show days, times and money."""
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict]:
    """The rows of one SELECT."""
    found = connection.execute(sql)
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, map(plain, row))) for row in found.fetchall()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("as_of")
    parser.add_argument("query", type=pathlib.Path, nargs="+")
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    connection = connect(asked.folder, asked.as_of, asked.threads)
    json.dump([answer(connection, query.read_text(encoding="utf-8")) for query in asked.query], sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
