-- institution/item-frequency: Lines of an item on days on which more of it was charged in one encounter than a day allows.
-- Codes in the data with the longest listed prefix that they begin with, and the first row of that prefix.
WITH fact AS (
    SELECT item_code AS prefix, arg_min(value, line) AS value
    FROM knowledge_item_restriction
    WHERE kind = 'max_per'
    GROUP BY ALL
),
code AS (
    SELECT c.med_list_codg, arg_max(f.prefix, length(f.prefix)) AS prefix, arg_max(f.value, length(f.prefix)) AS value
    FROM (SELECT DISTINCT med_list_codg FROM raw_fee) c
    JOIN fact f ON starts_with(c.med_list_codg, f.prefix)
    GROUP BY ALL
),
line AS (
    SELECT f.fixmedins_code, f.feedetl_sn, CAST(code.value AS DECIMAL(16, 4)) AS most,
        SUM(f.cnt) OVER (PARTITION BY f.psn_no, e.mdtrt_id, code.prefix, CAST(f.fee_ocur_time AS DATE)) AS charged
    FROM fee f
    JOIN code USING (med_list_codg)
    LEFT JOIN raw_encounter e USING (mdtrt_id, psn_no)
)
SELECT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM line f
WHERE f.charged > f.most
