WITH
-- Stays by the quarter and by the year in which they began, with whether the person is on medical aid.
stay AS (
    SELECT e.mdtrt_id, e.psn_no, e.fixmedins_code, CAST(e.begntime AS DATE) AS day,
        CAST(date_part('year', e.begntime) AS BIGINT) AS year,
        CAST(FLOOR((date_part('month', e.begntime) + 2) / 3.0) AS BIGINT) AS quarter,
        p.psn_idet_type IS NOT NULL AS aided
    FROM encounter e
    JOIN person p ON p.psn_no = e.psn_no
    WHERE substr(e.med_type, 1, 2) IN $stays
),
-- The same stays once by quarter and once by year (quarter 0).
period AS (
    SELECT mdtrt_id, psn_no, fixmedins_code, day, year, quarter, aided FROM stay
    UNION ALL
    SELECT mdtrt_id, psn_no, fixmedins_code, day, year, 0 AS quarter, aided FROM stay
),
-- One institution in one period: how many different inpatients, how many of them on medical aid.
share AS (
    SELECT fixmedins_code, year, quarter, COUNT(DISTINCT psn_no) AS people,
        COUNT(DISTINCT CASE WHEN aided THEN psn_no END) AS aided_people
    FROM period
    GROUP BY fixmedins_code, year, quarter
),
-- Periods with so great a share, at institutions that are not designated for medical aid, or not known to be or not.
hit AS (
    SELECT share.fixmedins_code, share.year, share.quarter, share.people, share.aided_people,
        CASE WHEN i.is_assist IS NULL THEN 'inconclusive' ELSE 'monitor' END AS kind
    FROM share
    JOIN institution i ON i.fixmedins_code = share.fixmedins_code
    WHERE share.people >= $least_people AND share.aided_people * 100 >= $percent * share.people
        AND COALESCE(i.is_assist, '0') <> '1'
),
-- Those periods, without the quarters of a year that is among them as a whole.
told AS (
    SELECT hit.*
    FROM hit
    LEFT JOIN hit whole
        ON whole.fixmedins_code = hit.fixmedins_code AND whole.year = hit.year AND whole.quarter = 0 AND hit.quarter > 0
    WHERE whole.fixmedins_code IS NULL
)
SELECT told.fixmedins_code AS subject_id, told.fixmedins_code, told.kind,
    CASE WHEN told.kind = 'inconclusive'
        THEN '{fixmedins_name}{period}住院{people}人，其中医疗救助对象{aided}人（{share}%），但缺少医疗救助定点标志，无法判断' END AS message,
    CASE WHEN told.quarter = 0 THEN CONCAT(CAST(told.year AS VARCHAR), '年')
        ELSE CONCAT(CAST(told.year AS VARCHAR), '年第', CAST(told.quarter AS VARCHAR), '季度') END AS period,
    told.people AS people, told.aided_people AS aided,
    ROUND(CAST(told.aided_people AS DOUBLE) * 100 / CAST(told.people AS DOUBLE), 1) AS share,
    MIN(period.day) AS begin_date, MAX(period.day) AS end_date,
    array_agg(period.mdtrt_id ORDER BY period.mdtrt_id) AS evidence_encounter
FROM told
JOIN period
    ON period.fixmedins_code = told.fixmedins_code AND period.year = told.year AND period.quarter = told.quarter
WHERE period.aided
GROUP BY told.fixmedins_code, told.kind, told.year, told.quarter, told.people, told.aided_people
