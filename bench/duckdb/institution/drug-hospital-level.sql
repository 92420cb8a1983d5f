-- institution/drug-hospital-level: Lines of drugs for hospitals of a least level, charged at a lower one.
-- Codes in the data with the longest listed prefix that they begin with, and the first row of that prefix.
WITH fact AS (
    SELECT code_prefix AS prefix, arg_min(value, line) AS value
    FROM knowledge_drug_restriction
    WHERE kind = 'hospital_level'
    GROUP BY ALL
),
code AS (
    SELECT c.med_list_codg, arg_max(f.prefix, length(f.prefix)) AS prefix, arg_max(f.value, length(f.prefix)) AS value
    FROM (SELECT DISTINCT med_list_codg FROM raw_fee) c
    JOIN fact f ON starts_with(c.med_list_codg, f.prefix)
    GROUP BY ALL
),
place AS (
    SELECT fixmedins_code, fixmedins_type, CASE
        WHEN hosp_lv IN ('01', '02', '03', '04', '12') THEN 3
        WHEN hosp_lv IN ('05', '06', '07', '13') THEN 2
        WHEN hosp_lv IN ('08', '09', '10', '14') THEN 1
        ELSE 0 END AS rank
    FROM institution
    WHERE hosp_lv <> ''
)
SELECT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM fee f
JOIN code USING (med_list_codg)
JOIN raw_encounter e USING (mdtrt_id, psn_no)
JOIN place ON place.fixmedins_code = e.fixmedins_code
WHERE f.inscp_scp_amt IS DISTINCT FROM 0 AND left(e.med_type, 2) <> '41' AND place.fixmedins_type <> '2'
    AND place.rank < CASE code.value WHEN '三级' THEN 3 WHEN '二级' THEN 2 ELSE 1 END
