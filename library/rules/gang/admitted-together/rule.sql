WITH
-- Stays whose main diagnosis is treated in cycles, so that patients meet again by the calendar.
cyclic AS (
    SELECT DISTINCT mdtrt_id
    FROM diagnosis
    WHERE maindiag_flag = '1' AND substr(diag_code, 1, 3) IN $cyclic_diagnoses
),
-- Finished stays of other kinds, with the days of admission and discharge as numbers.
stay AS (
    SELECT e.mdtrt_id, e.psn_no, e.fixmedins_code, CAST(e.begntime AS DATE) AS begin_day, CAST(e.endtime AS DATE) AS end_day,
        CAST(FLOOR(date_part('epoch', e.begntime) / 86400) AS BIGINT) AS admitted,
        CAST(FLOOR(date_part('epoch', e.endtime) / 86400) AS BIGINT) AS discharged
    FROM encounter e
    LEFT JOIN cyclic ON cyclic.mdtrt_id = e.mdtrt_id
    WHERE substr(e.med_type, 1, 2) IN $stays AND e.endtime IS NOT NULL AND cyclic.mdtrt_id IS NULL
),
-- The same stays beside the days of admission that lie close.
reach AS (
    SELECT stay.*, admitted AS other_admitted FROM stay
    UNION ALL
    SELECT stay.*, admitted + 1 AS other_admitted FROM stay WHERE $days >= 1
    UNION ALL
    SELECT stay.*, admitted - 1 AS other_admitted FROM stay WHERE $days >= 1
),
-- Two people whose stays at one institution begin and end together, each occasion one row.
together AS (
    SELECT x.psn_no AS a, y.psn_no AS b, x.mdtrt_id AS stay_a, y.mdtrt_id AS stay_b, x.fixmedins_code,
        CASE WHEN x.begin_day < y.begin_day THEN x.begin_day ELSE y.begin_day END AS begin_day,
        CASE WHEN x.end_day > y.end_day THEN x.end_day ELSE y.end_day END AS end_day
    FROM reach x
    JOIN stay y ON y.fixmedins_code = x.fixmedins_code AND y.admitted = x.other_admitted
    WHERE x.psn_no < y.psn_no AND ABS(x.discharged - y.discharged) <= $days
),
-- Pairs with so many occasions that they may be enough: a cheap look at all of them.
often AS (
    SELECT a, b
    FROM together
    GROUP BY a, b
    HAVING COUNT(*) >= $least_times AND MIN(stay_a) < MAX(stay_a) AND MIN(stay_b) < MAX(stay_b)
),
-- Pairs with enough different stays on both sides.
pair AS (
    SELECT t.a, t.b
    FROM together t
    JOIN often ON often.a = t.a AND often.b = t.b
    GROUP BY t.a, t.b
    HAVING COUNT(DISTINCT t.stay_a) >= $least_times AND COUNT(DISTINCT t.stay_b) >= $least_times
),
-- The same pairs seen from both sides.
tie AS (
    SELECT a AS one, b AS other FROM pair
    UNION ALL
    SELECT b AS one, a AS other FROM pair
),
-- Pairs that a third person closes to a triangle: chance ties two strangers now and then, hardly ever three.
closed AS (
    SELECT DISTINCT pair.a, pair.b
    FROM pair
    JOIN tie ta ON ta.one = pair.a
    JOIN tie tb ON tb.one = pair.b AND tb.other = ta.other
),
-- Each stay of such a pair that was one of its occasions.
side AS (
    SELECT t.a, t.b, t.stay_a AS mdtrt_id, t.fixmedins_code, t.begin_day, t.end_day
    FROM together t
    JOIN closed ON closed.a = t.a AND closed.b = t.b
    UNION
    SELECT t.a, t.b, t.stay_b AS mdtrt_id, t.fixmedins_code, t.begin_day, t.end_day
    FROM together t
    JOIN closed ON closed.a = t.a AND closed.b = t.b
)
SELECT side.a, side.b, $least_people AS least_people, MIN(side.begin_day) AS begin_date, MAX(side.end_day) AS end_date,
    array_agg(DISTINCT side.fixmedins_code ORDER BY side.fixmedins_code) AS places,
    array_agg(DISTINCT side.mdtrt_id ORDER BY side.mdtrt_id) AS stays,
    array_agg(DISTINCT side.mdtrt_id ORDER BY side.mdtrt_id) AS related_encounter,
    array_agg(DISTINCT settlement.setl_id ORDER BY settlement.setl_id) FILTER (WHERE settlement.setl_id IS NOT NULL)
        AS evidence_settlement
FROM side
LEFT JOIN settlement ON settlement.mdtrt_id = side.mdtrt_id
GROUP BY side.a, side.b
