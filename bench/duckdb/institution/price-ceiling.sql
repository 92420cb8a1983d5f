-- institution/price-ceiling: Lines priced above their ceiling, where the patient does not bear the difference alone.
SELECT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM fee f
WHERE f.pric_uplmt_amt > 0 AND f.pric > f.pric_uplmt_amt + 0.01
    AND ROUND(f.cnt * (f.pric - f.pric_uplmt_amt), 2) - COALESCE(f.overlmt_amt, 0) > 0.01
