-- institution/drug-sex: Lines of drugs for one sex, charged for a person of the other.
-- Codes in the data with the longest listed prefix that they begin with, and the first row of that prefix.
WITH fact AS (
    SELECT code_prefix AS prefix, arg_min(value, line) AS value
    FROM knowledge_drug_restriction
    WHERE kind = 'sex'
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
JOIN person p USING (psn_no)
WHERE f.inscp_scp_amt IS DISTINCT FROM 0
    AND CASE p.gend WHEN '1' THEN '男' WHEN '2' THEN '女' END <> code.value
