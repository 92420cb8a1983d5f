"""DuckDB's own way from CSV to sorted Parquet, beside which `cargo xtask bench import` stands: fee lines by person and time, two threads."""

import sys
import duckdb

claims, out = sys.argv[1], sys.argv[2]
db = duckdb.connect()
db.execute("SET threads = 2")
db.execute(
    f"COPY (SELECT * FROM read_csv('{claims}/fee*.csv', header = true, union_by_name = true, ignore_errors = true) ORDER BY psn_no, fee_ocur_time)"
    f" TO '{out}' (FORMAT parquet, COMPRESSION zstd)"
)
