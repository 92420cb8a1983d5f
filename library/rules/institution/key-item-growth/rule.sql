WITH
-- Codes in the claims that begin with the code of a key item, each with the first item of the list that it fits.
code AS (
    SELECT used.med_list_codg, MIN(CONCAT(k.class, '·', k.name)) AS item
    FROM (SELECT DISTINCT med_list_codg FROM fee) used
    JOIN knowledge_key_item k ON starts_with(used.med_list_codg, k.code)
    GROUP BY used.med_list_codg
),
-- Cost of each key item for each person at each institution by month.
personal AS (
    SELECT f.fixmedins_code, code.item, f.psn_no, SUM(f.det_item_fee_sumamt) AS cost,
        CAST(date_part('year', f.fee_ocur_time) * 12 + date_part('month', f.fee_ocur_time) - 1 AS BIGINT) AS month
    FROM fee f
    JOIN code ON code.med_list_codg = f.med_list_codg
    GROUP BY f.fixmedins_code, code.item, f.psn_no,
        CAST(date_part('year', f.fee_ocur_time) * 12 + date_part('month', f.fee_ocur_time) - 1 AS BIGINT)
),
-- Cost of each key item at each institution by month, and the sum of the squares of what each person cost: how far chance alone moves it.
monthly AS (
    SELECT fixmedins_code, item, month, CAST(SUM(cost) AS DOUBLE) AS cost, COUNT(*) AS people,
        SUM(CAST(cost AS DOUBLE) * CAST(cost AS DOUBLE)) AS squares
    FROM personal
    GROUP BY fixmedins_code, item, month
),
-- The first month in which the claims hold anything of a key item.
opened AS (
    SELECT MIN(month) AS first_month FROM monthly
),
-- Each month beside the months before it, as many as $past_months; a month without a line counts as nothing.
trend AS (
    SELECT m.fixmedins_code, m.item, m.month, m.cost, m.people, m.squares,
        CASE WHEN m.month - opened.first_month < $past_months THEN m.month - opened.first_month ELSE $past_months END AS past_months,
        SUM(CASE WHEN past.month = m.month - 1 THEN past.cost ELSE 0 END) AS last_cost,
        SUM(COALESCE(past.cost, 0)) AS past_cost
    FROM monthly m
    CROSS JOIN opened
    LEFT JOIN monthly past
        ON past.fixmedins_code = m.fixmedins_code AND past.item = m.item
        AND past.month < m.month AND past.month >= m.month - $past_months
    GROUP BY m.fixmedins_code, m.item, m.month, m.cost, m.people, m.squares, opened.first_month
),
-- Months with enough months before them, and their growth on a scale that small sums hardly move.
growth AS (
    SELECT trend.*, past_cost / past_months AS mean_cost,
        LN((cost + $floor) / (past_cost / past_months + $floor)) AS step
    FROM trend
    WHERE past_months >= $least_months
),
-- What one key item cost in a month and in the mean of the months before, over all institutions that use it: its season, its
-- shortage, its new price.
season AS (
    SELECT item, month, SUM(cost) AS cost, SUM(mean_cost) AS mean_cost, COUNT(*) AS places
    FROM growth
    GROUP BY item, month
),
-- The middle of all growth in a month, over all institutions and key items.
middle AS (
    SELECT month, MEDIAN(step) AS middle, COUNT(*) AS peers
    FROM growth
    GROUP BY month
),
-- What a month would have cost had the item grown as at the other institutions, or as all items where too few use it.
expected AS (
    SELECT growth.*, middle.peers,
        CASE WHEN season.places >= $least_places
            THEN growth.mean_cost * (season.cost - growth.cost + $floor) / (season.mean_cost - growth.mean_cost + $floor)
            ELSE (growth.mean_cost + $floor) * EXP(middle.middle) - $floor END AS usual
    FROM growth
    JOIN middle ON middle.month = growth.month
    JOIN season ON season.month = growth.month AND season.item = growth.item
),
-- Growth beyond that, on the same scale.
beyond AS (
    SELECT expected.*, LN((cost + $floor) / (usual + $floor)) AS excess
    FROM expected
),
-- How far growth strays from what is usual in a month; never less than a tenth, so that a still month judges nobody.
spread AS (
    SELECT month,
        CASE WHEN MEDIAN(ABS(excess)) > 0.1 THEN MEDIAN(ABS(excess)) ELSE CAST(0.1 AS DOUBLE) END AS spread
    FROM beyond
    GROUP BY month
),
-- Months of an item at an institution with enough cost and people that grew against the month before and the months before, that
-- stand out, and whose growth is more than a few patients by chance.
hit AS (
    SELECT beyond.fixmedins_code, beyond.item, beyond.month, beyond.cost, beyond.people, beyond.last_cost, beyond.mean_cost,
        beyond.past_months, 0.6745 * beyond.excess / spread.spread AS score
    FROM beyond
    JOIN spread ON spread.month = beyond.month
    WHERE beyond.cost >= $floor AND beyond.people >= $least_people AND beyond.cost >= beyond.last_cost * (1 + $percent / 100.0)
        AND beyond.cost >= beyond.mean_cost * (1 + $percent / 100.0)
        AND beyond.peers >= $least_peers AND 0.6745 * beyond.excess / spread.spread >= $score
        AND beyond.cost - beyond.usual >= $chance * SQRT(beyond.squares)
),
-- The codes of those items, beside the months.
hit_code AS (
    SELECT hit.fixmedins_code, hit.item, hit.month, code.med_list_codg
    FROM hit
    JOIN code ON code.item = hit.item
),
-- Lines of those months, the dearest first.
ranked AS (
    SELECT h.fixmedins_code, h.item, h.month, f.feedetl_sn, CAST(f.fee_ocur_time AS DATE) AS day,
        ROW_NUMBER() OVER (
            PARTITION BY h.fixmedins_code, h.item, h.month ORDER BY f.det_item_fee_sumamt DESC, f.feedetl_sn
        ) AS place
    FROM fee f
    JOIN hit_code h
        ON h.fixmedins_code = f.fixmedins_code AND h.med_list_codg = f.med_list_codg
        AND h.month = CAST(date_part('year', f.fee_ocur_time) * 12 + date_part('month', f.fee_ocur_time) - 1 AS BIGINT)
)
SELECT hit.fixmedins_code AS subject_id, hit.fixmedins_code, hit.item, MIN(ranked.day) AS begin_date, MAX(ranked.day) AS end_date,
    CONCAT(CAST(CAST(FLOOR(hit.month / 12.0) AS BIGINT) AS VARCHAR), '年', CAST(hit.month % 12 + 1 AS VARCHAR), '月') AS month,
    COUNT(*) AS all_lines, hit.people AS people, ROUND(hit.cost, 2) AS cost, ROUND(hit.last_cost, 2) AS last_cost,
    ROUND(hit.mean_cost, 2) AS mean_cost, hit.past_months AS months, ROUND(hit.score, 1) AS score,
    array_agg(CONCAT(ranked.fixmedins_code, '|', ranked.feedetl_sn) ORDER BY ranked.feedetl_sn)
        FILTER (WHERE ranked.place <= $shown) AS evidence_fee
FROM hit
JOIN ranked ON ranked.fixmedins_code = hit.fixmedins_code AND ranked.item = hit.item AND ranked.month = hit.month
GROUP BY hit.fixmedins_code, hit.item, hit.month, hit.people, hit.cost, hit.last_cost, hit.mean_cost, hit.past_months, hit.score
