-- institution/readmission: Stays within fifteen days of discharge from the same institution with the same main diagnosis, and their settlements.
WITH stay AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY psn_no ORDER BY begntime, mdtrt_id) AS place
    FROM encounter
    WHERE left(med_type, 2) IN ('21', '22', '23', '24', '25', '26', '27', '29', '52') AND begntime IS NOT NULL
),
told AS (
    SELECT mdtrt_id, psn_no, bool_or(regexp_matches(diag_code, '^(Z51|Z49|Z50)')) AS planned,
        arg_min(left(diag_code, 3), (diag_time, diag_srt_no)) FILTER (WHERE maindiag_flag = '1') AS main
    FROM diagnosis
    WHERE diag_code <> ''
    GROUP BY ALL
),
before AS (
    SELECT b.psn_no, b.mdtrt_id, b.fixmedins_code, b.begntime, b.place, MAX(a.place) AS of
    FROM stay a
    JOIN stay b ON b.psn_no = a.psn_no AND b.fixmedins_code = a.fixmedins_code AND b.place > a.place
    GROUP BY ALL
),
hit AS (
    SELECT b.psn_no, b.mdtrt_id
    FROM before b
    JOIN stay a ON a.psn_no = b.psn_no AND a.place = b.of
    JOIN told ta ON ta.mdtrt_id = a.mdtrt_id AND ta.psn_no = a.psn_no
    JOIN told tb ON tb.mdtrt_id = b.mdtrt_id AND tb.psn_no = b.psn_no
    WHERE a.endtime <= b.begntime AND CAST(b.begntime AS DATE) - CAST(a.endtime AS DATE) <= 15
        AND NOT ta.planned AND NOT tb.planned AND ta.main = tb.main
        AND NOT EXISTS (
            SELECT 1 FROM stay c WHERE c.psn_no = b.psn_no AND c.place > b.of AND c.place < b.place AND c.begntime >= a.endtime
        )
)
SELECT 'encounter' AS source, mdtrt_id AS key FROM hit
UNION
SELECT 'settlement' AS source, s.setl_id AS key FROM settlement s JOIN hit USING (psn_no, mdtrt_id)
