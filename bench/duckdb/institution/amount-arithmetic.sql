-- institution/amount-arithmetic: Lines whose amount is off from quantity times price by more than a fen.
SELECT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM fee f
WHERE ABS(f.det_item_fee_sumamt - ROUND(f.cnt * f.pric, 2)) > 0.01
