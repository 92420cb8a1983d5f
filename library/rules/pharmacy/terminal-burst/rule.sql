WITH
-- Sales at retail pharmacies whose terminal is known, with the second of the sale and its slot of time.
sale AS (
    SELECT s.setl_id, s.psn_no, s.fixmedins_code, s.setl_dev_no, s.setl_time,
        CAST(date_part('epoch', s.setl_time) AS BIGINT) AS moment,
        CAST(FLOOR(date_part('epoch', s.setl_time) / ($minutes * 60)) AS BIGINT) AS slot
    FROM settlement s
    JOIN institution i ON i.fixmedins_code = s.fixmedins_code
    WHERE i.fixmedins_type = '2' AND s.setl_dev_no IS NOT NULL
),
-- Slots of one terminal with the number of sales in them.
slot AS (
    SELECT fixmedins_code, setl_dev_no, slot, COUNT(*) AS sales
    FROM sale
    GROUP BY fixmedins_code, setl_dev_no, slot
),
-- Slots that hold enough sales together with the next one; any window of that length lies in two neighbours.
busy AS (
    SELECT a.fixmedins_code, a.setl_dev_no, a.slot
    FROM slot a
    LEFT JOIN slot b
        ON b.fixmedins_code = a.fixmedins_code AND b.setl_dev_no = a.setl_dev_no AND b.slot = a.slot + 1
    WHERE a.sales + COALESCE(b.sales, 0) >= $least_people
),
-- Busy slots beside the slots in which a window that begins in them can end: the same one and the next.
reach AS (
    SELECT fixmedins_code, setl_dev_no, slot, slot AS until_slot FROM busy
    UNION ALL
    SELECT fixmedins_code, setl_dev_no, slot, slot + 1 AS until_slot FROM busy
),
-- Sales after which, inside the window, enough different people settle at the same terminal.
start AS (
    SELECT x.setl_id, x.fixmedins_code, x.setl_dev_no, x.slot, x.moment, COUNT(DISTINCT y.psn_no) AS people
    FROM reach
    JOIN sale x ON x.fixmedins_code = reach.fixmedins_code AND x.setl_dev_no = reach.setl_dev_no AND x.slot = reach.slot
    JOIN sale y
        ON y.fixmedins_code = reach.fixmedins_code AND y.setl_dev_no = reach.setl_dev_no AND y.slot = reach.until_slot
    WHERE y.moment BETWEEN x.moment AND x.moment + $minutes * 60
    GROUP BY x.setl_id, x.fixmedins_code, x.setl_dev_no, x.slot, x.moment
    HAVING COUNT(DISTINCT y.psn_no) >= $least_people
),
-- Sales inside such a window, with the greatest number of people of the windows they lie in.
member AS (
    SELECT y.setl_id, y.psn_no, y.fixmedins_code, y.setl_dev_no, y.setl_time, y.moment, MAX(start.people) AS peak
    FROM start
    JOIN reach
        ON reach.fixmedins_code = start.fixmedins_code AND reach.setl_dev_no = start.setl_dev_no AND reach.slot = start.slot
    JOIN sale y
        ON y.fixmedins_code = reach.fixmedins_code AND y.setl_dev_no = reach.setl_dev_no AND y.slot = reach.until_slot
    WHERE y.moment BETWEEN start.moment AND start.moment + $minutes * 60
    GROUP BY y.setl_id, y.psn_no, y.fixmedins_code, y.setl_dev_no, y.setl_time, y.moment
),
-- The same sales, each marked where more than the window's length lies between it and the one before.
marked AS (
    SELECT member.*,
        CASE WHEN moment - LAG(moment) OVER (PARTITION BY fixmedins_code, setl_dev_no ORDER BY moment, setl_id) <= $minutes * 60
            THEN 0 ELSE 1 END AS fresh
    FROM member
),
-- The same sales with the number of the burst at their terminal.
burst AS (
    SELECT marked.*,
        SUM(fresh) OVER (
            PARTITION BY fixmedins_code, setl_dev_no ORDER BY moment, setl_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS number
    FROM marked
),
-- Pharmacies with sales but not one terminal number: nothing can be said of them.
blind AS (
    SELECT s.fixmedins_code, MIN(s.setl_time) AS first_time, MAX(s.setl_time) AS last_time, MIN(s.setl_id) AS setl_id
    FROM settlement s
    JOIN institution i ON i.fixmedins_code = s.fixmedins_code
    WHERE i.fixmedins_type = '2'
    GROUP BY s.fixmedins_code
    HAVING COUNT(s.setl_dev_no) = 0 AND COUNT(*) >= $least_people
)
SELECT fixmedins_code AS subject_id, fixmedins_code,
    CAST(MIN(setl_time) AS DATE) AS begin_date, CAST(MAX(setl_time) AS DATE) AS end_date,
    setl_dev_no AS terminal, MIN(setl_time) AS first_time, MAX(setl_time) AS last_time,
    COUNT(DISTINCT psn_no) AS people, COUNT(*) AS sales, MAX(peak) AS peak,
    CAST(NULL AS VARCHAR) AS kind, CAST(NULL AS VARCHAR) AS message,
    array_agg(setl_id ORDER BY setl_id) AS evidence_settlement,
    CASE WHEN FALSE THEN [''] END AS related_settlement
FROM burst
GROUP BY fixmedins_code, setl_dev_no, number
UNION ALL
SELECT fixmedins_code AS subject_id, fixmedins_code,
    CAST(first_time AS DATE) AS begin_date, CAST(last_time AS DATE) AS end_date,
    CAST(NULL AS VARCHAR) AS terminal, first_time, last_time, 0 AS people, 0 AS sales, 0 AS peak,
    'inconclusive' AS kind, '{fixmedins_name}上传的结算均未填写结算终端编号，无法判断同一终端的集中结算情况' AS message,
    CASE WHEN FALSE THEN [''] END AS evidence_settlement, [setl_id] AS related_settlement
FROM blind
