-- insured/frequent-stays: Stays in windows of 365 days that hold six or more, and their settlements; planned cycles do not count.
WITH told AS (
    SELECT mdtrt_id, psn_no
    FROM diagnosis
    WHERE diag_code <> ''
    GROUP BY ALL
    HAVING NOT bool_or(regexp_matches(diag_code, '^(Z51|Z49|Z50|N18[.]5|F2)'))
),
stay AS (
    SELECT e.psn_no, e.mdtrt_id, CAST(e.begntime AS DATE) AS day,
        ROW_NUMBER() OVER (PARTITION BY e.psn_no ORDER BY e.begntime, e.mdtrt_id) AS place,
        COUNT(*) OVER (PARTITION BY e.psn_no) AS stays
    FROM encounter e
    SEMI JOIN told USING (mdtrt_id, psn_no)
    WHERE left(e.med_type, 2) IN ('21', '22', '23', '24', '25', '26', '27', '29', '52') AND e.begntime IS NOT NULL
),
start AS (
    SELECT a.psn_no, a.place, a.day
    FROM stay a
    JOIN stay b ON b.psn_no = a.psn_no AND b.place >= a.place AND b.day < a.day + 365
    WHERE a.stays >= 6
    GROUP BY ALL
    HAVING COUNT(*) >= 6
),
hit AS (
    SELECT DISTINCT b.psn_no, b.mdtrt_id
    FROM start a
    JOIN stay b ON b.psn_no = a.psn_no AND b.place >= a.place AND b.day < a.day + 365
)
SELECT 'encounter' AS source, mdtrt_id AS key FROM hit
UNION
SELECT 'settlement' AS source, s.setl_id AS key FROM settlement s JOIN hit USING (psn_no, mdtrt_id)
