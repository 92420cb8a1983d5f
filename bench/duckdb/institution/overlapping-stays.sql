-- institution/overlapping-stays: Stays that share more than a day with an earlier one of the same person, and their lines meanwhile.
WITH stay AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY psn_no ORDER BY begntime, mdtrt_id) AS place
    FROM encounter
    WHERE left(med_type, 2) IN ('21', '22', '23', '24', '25', '26', '27', '29', '52') AND begntime IS NOT NULL
),
pair AS (
    SELECT b.psn_no, b.mdtrt_id, b.begntime, LEAST(a.endtime, b.endtime) AS until
    FROM stay a
    JOIN stay b ON b.psn_no = a.psn_no AND b.place > a.place
    WHERE NOT starts_with(a.med_type, '5212') AND NOT starts_with(b.med_type, '5212')
        AND LEAST(a.endtime, b.endtime) > b.begntime + INTERVAL 24 HOUR AND a.endtime IS NOT NULL AND b.endtime IS NOT NULL
)
SELECT 'encounter' AS source, mdtrt_id AS key FROM pair
UNION
SELECT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM fee f
JOIN pair USING (psn_no, mdtrt_id)
WHERE f.fee_ocur_time BETWEEN pair.begntime AND pair.until
