-- institution/fee-outside-stay: Lines of a stay more than three days before admission or more than a day after discharge.
SELECT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM fee f
JOIN encounter e USING (mdtrt_id, psn_no)
WHERE left(e.med_type, 2) IN ('21', '22', '23', '24', '25', '26', '27', '29', '52')
    AND (f.fee_ocur_time < e.begntime - INTERVAL 3 DAY OR f.fee_ocur_time > e.endtime + INTERVAL 24 HOUR)
