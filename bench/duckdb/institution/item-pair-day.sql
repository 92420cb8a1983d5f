-- institution/item-pair-day: Lines of an item on a day on which one that includes it was charged at the same institution, as far as its units go.
-- Lines of both sides of a pair by person, institution and day; units of the including side are taken in order of time.
WITH pair AS (
    SELECT DISTINCT main_code, sub_code FROM knowledge_item_pair WHERE "window" = '单日'
),
main AS (
    SELECT f.psn_no, f.fixmedins_code, CAST(f.fee_ocur_time AS DATE) AS day, f.med_list_codg AS main_code, SUM(f.cnt) AS units
    FROM fee f
    SEMI JOIN pair ON pair.main_code = f.med_list_codg
    GROUP BY ALL
),
sub AS (
    SELECT f.fixmedins_code, f.feedetl_sn, f.cnt, main.units, SUM(f.cnt) OVER (
            PARTITION BY f.psn_no, f.fixmedins_code, CAST(f.fee_ocur_time AS DATE), pair.main_code, pair.sub_code
            ORDER BY f.fee_ocur_time, f.feedetl_sn
            ROWS UNBOUNDED PRECEDING
        ) - f.cnt AS taken
    FROM fee f
    JOIN pair ON pair.sub_code = f.med_list_codg
    JOIN main ON main.main_code = pair.main_code AND main.psn_no = f.psn_no AND main.fixmedins_code = f.fixmedins_code
        AND main.day = CAST(f.fee_ocur_time AS DATE)
)
SELECT DISTINCT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM sub f
WHERE f.cnt > 0 AND f.taken < f.units
