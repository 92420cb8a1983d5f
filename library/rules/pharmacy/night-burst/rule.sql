WITH
-- Retail pharmacies, and clinics by level: places that are compared with their like.
place AS (
    SELECT fixmedins_code, CASE WHEN fixmedins_type = '2' THEN '定点零售药店' ELSE '诊所' END AS class
    FROM institution
    WHERE fixmedins_type = '2' OR (fixmedins_type = '1' AND hosp_lv IN $clinic_levels)
),
-- Their settlements with month and hour; midnight to the second is the mark of a time that was never recorded.
visit AS (
    SELECT s.setl_id, s.psn_no, s.fixmedins_code, place.class, CAST(s.setl_time AS DATE) AS day,
        CAST(date_part('year', s.setl_time) * 12 + date_part('month', s.setl_time) - 1 AS BIGINT) AS month,
        CAST(date_part('epoch', s.setl_time) AS BIGINT) % 86400 > 0 AS timed,
        date_part('hour', s.setl_time) < $until_hour AND CAST(date_part('epoch', s.setl_time) AS BIGINT) % 86400 > 0 AS night
    FROM settlement s
    JOIN place ON place.fixmedins_code = s.fixmedins_code
),
-- One place in one month: settlements with a known time, and those at night.
monthly AS (
    SELECT fixmedins_code, class, month, COUNT(*) AS whole,
        SUM(CASE WHEN timed THEN 1 ELSE 0 END) AS sales, SUM(CASE WHEN night THEN 1 ELSE 0 END) AS nightly,
        MIN(day) AS first_day, MAX(day) AS last_day, MIN(setl_id) AS setl_id
    FROM visit
    GROUP BY fixmedins_code, class, month
),
-- All places of one class in one month.
peers AS (
    SELECT class, month, SUM(sales) AS sales, SUM(nightly) AS nightly
    FROM monthly
    GROUP BY class, month
),
-- Months of a place with many settlements at night, and a greater share of them than the other places of its class.
hit AS (
    SELECT m.fixmedins_code, m.class, m.month, m.sales, m.nightly,
        peers.sales - m.sales AS other_sales, peers.nightly - m.nightly AS other_nightly
    FROM monthly m
    JOIN peers ON peers.class = m.class AND peers.month = m.month
    WHERE m.nightly >= $least
        AND m.nightly * (peers.sales - m.sales) >= $times * (peers.nightly - m.nightly) * m.sales
        AND COALESCE(m.fixmedins_code IN $open_all_night, FALSE) = FALSE
)
SELECT v.fixmedins_code AS subject_id, v.fixmedins_code, MIN(v.day) AS begin_date, MAX(v.day) AS end_date,
    CONCAT(CAST(CAST(FLOOR(hit.month / 12.0) AS BIGINT) AS VARCHAR), '年', CAST(hit.month % 12 + 1 AS VARCHAR), '月') AS month,
    hit.class AS class, COUNT(*) AS sales, COUNT(DISTINCT v.psn_no) AS people, COUNT(DISTINCT v.day) AS nights,
    ROUND(CAST(hit.nightly AS DOUBLE) * 100 / CAST(hit.sales AS DOUBLE), 1) AS share,
    ROUND(CASE WHEN hit.other_sales = 0 THEN CAST(0 AS DOUBLE)
        ELSE CAST(hit.other_nightly AS DOUBLE) * 100 / CAST(hit.other_sales AS DOUBLE) END, 1) AS peer_share,
    CAST(NULL AS VARCHAR) AS kind, CAST(NULL AS VARCHAR) AS message,
    array_agg(v.setl_id ORDER BY v.setl_id) AS evidence_settlement,
    CASE WHEN FALSE THEN [''] END AS related_settlement
FROM hit
JOIN visit v ON v.fixmedins_code = hit.fixmedins_code AND v.month = hit.month
WHERE v.night
GROUP BY v.fixmedins_code, hit.month, hit.class, hit.nightly, hit.sales, hit.other_nightly, hit.other_sales
UNION ALL
SELECT m.fixmedins_code AS subject_id, m.fixmedins_code, m.first_day AS begin_date, m.last_day AS end_date,
    CONCAT(CAST(CAST(FLOOR(m.month / 12.0) AS BIGINT) AS VARCHAR), '年', CAST(m.month % 12 + 1 AS VARCHAR), '月') AS month,
    m.class AS class, m.whole AS sales, 0 AS people, 0 AS nights, CAST(0 AS DOUBLE) AS share, CAST(0 AS DOUBLE) AS peer_share,
    'inconclusive' AS kind, '{fixmedins_name}{month}的{sales}笔结算只有日期没有时刻，无法判断夜间结算情况' AS message,
    CASE WHEN FALSE THEN [''] END AS evidence_settlement, [m.setl_id] AS related_settlement
FROM monthly m
WHERE m.sales = 0 AND m.whole >= $least
