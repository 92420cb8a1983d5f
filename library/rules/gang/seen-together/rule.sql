WITH
-- Purchases and outpatient visits with the second of settling and its slot of time.
visit AS (
    SELECT setl_id, psn_no, fixmedins_code, CAST(setl_time AS DATE) AS day,
        CAST(date_part('epoch', setl_time) AS BIGINT) AS moment,
        CAST(FLOOR(date_part('epoch', setl_time) / ($minutes * 60)) AS BIGINT) AS slot
    FROM settlement
    WHERE substr(med_type, 1, 2) IN $visits
),
-- Slots of one place that are not so crowded that meeting there means nothing.
quiet AS (
    SELECT fixmedins_code, slot
    FROM visit
    GROUP BY fixmedins_code, slot
    HAVING COUNT(*) <= $crowd
),
-- Visits in quiet slots.
calm AS (
    SELECT visit.*
    FROM visit
    JOIN quiet ON quiet.fixmedins_code = visit.fixmedins_code AND quiet.slot = visit.slot
),
-- The same visits beside the slots in which one shortly after can lie: the same slot and the next.
reach AS (
    SELECT psn_no, fixmedins_code, day, moment, slot AS until_slot FROM calm
    UNION ALL
    SELECT psn_no, fixmedins_code, day, moment, slot + 1 AS until_slot FROM calm
),
-- Pairs of people who settled at one place shortly after each other, by day, with the first and last of the places in their order.
daily AS (
    SELECT CASE WHEN x.psn_no < y.psn_no THEN x.psn_no ELSE y.psn_no END AS a,
        CASE WHEN x.psn_no < y.psn_no THEN y.psn_no ELSE x.psn_no END AS b,
        x.day, MIN(x.fixmedins_code) AS first_place, MAX(x.fixmedins_code) AS last_place
    FROM reach x
    JOIN calm y ON y.fixmedins_code = x.fixmedins_code AND y.slot = x.until_slot
    WHERE y.psn_no <> x.psn_no AND y.moment BETWEEN x.moment AND x.moment + $minutes * 60
    GROUP BY CASE WHEN x.psn_no < y.psn_no THEN x.psn_no ELSE y.psn_no END,
        CASE WHEN x.psn_no < y.psn_no THEN y.psn_no ELSE x.psn_no END, x.day
),
-- Pairs that did so on enough days, and not always at the same place where that matters.
pair AS (
    SELECT a, b
    FROM daily
    GROUP BY a, b
    HAVING COUNT(*) >= $least_days AND ($least_places <= 1 OR MIN(first_place) < MAX(last_place))
),
-- Those pairs that neither the same village or street nor the same employer explains.
strange AS (
    SELECT pair.a, pair.b,
        CASE WHEN pa.resd_codg IS NULL OR pb.resd_codg IS NULL THEN '部分人员缺少常住地，未能排除同住家庭' END AS note
    FROM pair
    LEFT JOIN person pa ON pa.psn_no = pair.a
    LEFT JOIN person pb ON pb.psn_no = pair.b
    WHERE COALESCE(pa.resd_codg = pb.resd_codg, FALSE) = FALSE AND COALESCE(pa.emp_no = pb.emp_no, FALSE) = FALSE
),
-- Visits of one of a strange pair at which the other was there too: x is of a, y of b.
meeting AS (
    SELECT strange.a, strange.b, strange.note, x.setl_id AS setl_a, y.setl_id AS setl_b, x.day, x.fixmedins_code
    FROM strange
    JOIN calm x ON x.psn_no = strange.a
    JOIN calm y ON y.psn_no = strange.b AND y.fixmedins_code = x.fixmedins_code
    WHERE y.moment BETWEEN x.moment - $minutes * 60 AND x.moment + $minutes * 60
),
-- The settlements of both sides of the meetings, each with the two that make it one.
side AS (
    SELECT a, b, note, setl_a AS setl_id, setl_a || '~' || setl_b AS beside, day, fixmedins_code FROM meeting
    UNION
    SELECT a, b, note, setl_b AS setl_id, setl_a || '~' || setl_b AS beside, day, fixmedins_code FROM meeting
)
SELECT a, b, note, $least_people AS least_people, MIN(day) AS begin_date, MAX(day) AS end_date,
    array_agg(DISTINCT CAST(day AS VARCHAR) ORDER BY CAST(day AS VARCHAR)) AS days,
    array_agg(DISTINCT fixmedins_code ORDER BY fixmedins_code) AS places,
    array_agg(DISTINCT setl_id ORDER BY setl_id) AS evidence_settlement,
    array_agg(DISTINCT beside ORDER BY beside) AS pair_settlement
FROM side
GROUP BY a, b, note
HAVING COUNT(DISTINCT fixmedins_code) >= $least_places
