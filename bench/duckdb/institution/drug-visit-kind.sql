-- institution/drug-visit-kind: Lines of drugs for stays, charged in another kind of visit.
-- Codes in the data with the longest listed prefix that they begin with, and the first row of that prefix.
WITH fact AS (
    SELECT code_prefix AS prefix, arg_min(value, line) AS value
    FROM knowledge_drug_restriction
    WHERE kind = 'visit'
    GROUP BY ALL
),
code AS (
    SELECT c.med_list_codg, arg_max(f.prefix, length(f.prefix)) AS prefix, arg_max(f.value, length(f.prefix)) AS value
    FROM (SELECT DISTINCT med_list_codg FROM raw_fee) c
    JOIN fact f ON starts_with(c.med_list_codg, f.prefix)
    GROUP BY ALL
)
SELECT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM fee f
JOIN code USING (med_list_codg)
JOIN raw_encounter e USING (mdtrt_id, psn_no)
WHERE f.inscp_scp_amt IS DISTINCT FROM 0 AND left(e.med_type, 2) NOT IN ('21', '22', '23', '24', '25', '26', '27', '29', '52')
    AND NOT regexp_matches(e.med_type, '^(13|28|71|910302)')
