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
    SELECT a.fixmedins_code, a.setl_dev_no, a.slot, step.k
    FROM slot a
    LEFT JOIN slot b
        ON b.fixmedins_code = a.fixmedins_code AND b.setl_dev_no = a.setl_dev_no AND b.slot = a.slot + 1
    CROSS JOIN (SELECT 0 AS k UNION ALL SELECT 1 AS k) step
    WHERE a.sales + COALESCE(b.sales, 0) >= $least_people
),
-- Sales after which, inside the window, enough different people settle at the same terminal.
start AS (
    SELECT x.setl_id, x.fixmedins_code, x.setl_dev_no, x.slot, x.moment, COUNT(DISTINCT y.psn_no) AS people
    FROM sale x
    JOIN busy ON busy.fixmedins_code = x.fixmedins_code AND busy.setl_dev_no = x.setl_dev_no AND busy.slot = x.slot
    JOIN sale y
        ON y.fixmedins_code = busy.fixmedins_code AND y.setl_dev_no = busy.setl_dev_no AND y.slot = busy.slot + busy.k
    WHERE y.moment BETWEEN x.moment AND x.moment + $minutes * 60
    GROUP BY x.setl_id, x.fixmedins_code, x.setl_dev_no, x.slot, x.moment
    HAVING COUNT(DISTINCT y.psn_no) >= $least_people
),
-- Sales inside such a window, with the greatest number of people of the windows they lie in.
member AS (
    SELECT y.setl_id, y.psn_no, y.fixmedins_code, y.setl_dev_no, y.setl_time, y.moment, MAX(start.people) AS peak
    FROM start
    CROSS JOIN (SELECT 0 AS k UNION ALL SELECT 1 AS k) step
    JOIN sale y
        ON y.fixmedins_code = start.fixmedins_code AND y.setl_dev_no = start.setl_dev_no AND y.slot = start.slot + step.k
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
SELECT fixmedins_code, fixmedins_code,
    CAST(first_time AS DATE), CAST(last_time AS DATE),
    CAST(NULL AS VARCHAR), first_time, last_time, 0, 0, 0,
    'inconclusive', '{fixmedins_name}上传的结算均未填写结算终端编号，无法判断同一终端的集中结算情况',
    CASE WHEN FALSE THEN [''] END, [setl_id]
FROM blind
