-- insured/outside-coverage: Settlements of visits that began before or after the person was insured.
SELECT 'settlement' AS source, s.setl_id AS key
FROM settlement s
JOIN person p USING (psn_no)
JOIN raw_encounter e USING (mdtrt_id, psn_no)
WHERE (s.fund_pay_sumamt > 0 OR s.inscp_scp_amt > 0)
    AND (CAST(e.begntime AS DATE) < p.insu_begndate OR CAST(e.begntime AS DATE) > p.insu_enddate)
