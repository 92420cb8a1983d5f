-- Live rows in DuckDB, written apart from the product's own: refunds, what they reverse and what lies after `as_of` are gone.
-- The caller has made the views raw_<table> over all rows of each table and the macro as_of(), which gives the last day that counts.

CREATE OR REPLACE TEMP TABLE dead_settlement AS
WITH refund AS (
    SELECT setl_id, mdtrt_id, psn_no, init_setl_id
    FROM raw_settlement
    WHERE refd_setl_flag = '1' AND CAST(setl_time AS DATE) <= as_of()
)
SELECT setl_id, mdtrt_id FROM refund
UNION
SELECT s.setl_id, s.mdtrt_id FROM raw_settlement s SEMI JOIN refund r ON s.setl_id = r.init_setl_id AND s.psn_no = r.psn_no
UNION
SELECT setl_id, mdtrt_id FROM raw_settlement WHERE CAST(setl_time AS DATE) > as_of();

CREATE OR REPLACE TEMP VIEW settlement AS
SELECT * FROM raw_settlement s ANTI JOIN dead_settlement d USING (setl_id);

CREATE OR REPLACE TEMP VIEW encounter AS
SELECT *
FROM raw_encounter e
ANTI JOIN (SELECT mdtrt_id FROM dead_settlement EXCEPT SELECT mdtrt_id FROM settlement) d USING (mdtrt_id)
WHERE CAST(begntime AS DATE) <= as_of();

CREATE OR REPLACE TEMP TABLE reversed_line AS
SELECT fixmedins_code, init_feedetl_sn AS feedetl_sn, SUM(ABS(cnt)) AS cnt,
    SUM(COALESCE(ABS(det_item_fee_sumamt), 0)) AS det_item_fee_sumamt
FROM raw_fee f
ANTI JOIN dead_settlement d USING (setl_id)
WHERE init_feedetl_sn IS NOT NULL AND cnt IS NOT NULL AND CAST(fee_ocur_time AS DATE) <= as_of()
GROUP BY ALL;

CREATE OR REPLACE TEMP VIEW fee AS
SELECT f.* REPLACE (
    f.cnt - COALESCE(r.cnt, 0) AS cnt,
    f.det_item_fee_sumamt - CASE WHEN f.cnt IS NULL THEN 0 ELSE COALESCE(r.det_item_fee_sumamt, 0) END AS det_item_fee_sumamt
)
FROM raw_fee f
ANTI JOIN dead_settlement d USING (setl_id)
LEFT JOIN reversed_line r USING (fixmedins_code, feedetl_sn)
WHERE f.init_feedetl_sn IS NULL AND CAST(f.fee_ocur_time AS DATE) <= as_of()
    AND (r.cnt IS NULL OR f.cnt IS NULL OR f.cnt > r.cnt);
