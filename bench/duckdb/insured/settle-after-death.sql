-- insured/settle-after-death: Settlements more than a day after death that no stay begun before it explains, and unsettled encounters after it.
WITH dead AS (
    SELECT psn_no, die_date FROM person WHERE die_date IS NOT NULL
)
SELECT 'settlement' AS source, s.setl_id AS key
FROM settlement s
JOIN dead USING (psn_no)
JOIN raw_encounter e USING (mdtrt_id, psn_no)
WHERE CAST(s.setl_time AS DATE) > dead.die_date + 1
    AND (CAST(e.begntime AS DATE) > dead.die_date + 1 OR CAST(e.endtime AS DATE) > dead.die_date + 3)
UNION
SELECT 'encounter' AS source, e.mdtrt_id AS key
FROM encounter e
JOIN dead USING (psn_no)
ANTI JOIN settlement s USING (mdtrt_id, psn_no)
WHERE CAST(e.begntime AS DATE) > dead.die_date + 1
