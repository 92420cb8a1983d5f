-- institution/duplicate-line: Copies beyond the first of lines with the same code, minute and quantity in one encounter.
WITH line AS (
    SELECT f.fixmedins_code, f.feedetl_sn, ROW_NUMBER() OVER (
            PARTITION BY f.psn_no, f.mdtrt_id, f.med_list_codg, date_trunc('minute', f.fee_ocur_time), f.cnt
            ORDER BY f.fee_ocur_time, f.fixmedins_code, f.feedetl_sn
        ) AS copy
    FROM fee f
    SEMI JOIN raw_encounter e USING (mdtrt_id, psn_no)
    WHERE f.cnt IS NOT NULL AND NOT starts_with(f.med_list_codg, '001101')
        AND date_trunc('minute', f.fee_ocur_time) <> date_trunc('day', f.fee_ocur_time)
)
SELECT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM line f
WHERE f.copy > 1
