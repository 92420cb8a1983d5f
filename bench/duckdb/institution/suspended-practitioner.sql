-- institution/suspended-practitioner: Lines ordered while the practitioner's qualification for payment was suspended or ended.
WITH barred AS (
    SELECT prac_psn_code, begndate, enddate FROM practitioner WHERE pay_qual_stas IN ('suspended', 'terminated')
),
fine AS (
    SELECT prac_psn_code, begndate, enddate FROM practitioner WHERE pay_qual_stas IS NULL OR pay_qual_stas NOT IN ('suspended', 'terminated')
)
SELECT DISTINCT 'fee' AS source, concat_ws('|', f.fixmedins_code, f.feedetl_sn) AS key
FROM fee f
JOIN barred b ON b.prac_psn_code = f.bilg_dr_code AND CAST(f.fee_ocur_time AS DATE) >= b.begndate
    AND (b.enddate IS NULL OR CAST(f.fee_ocur_time AS DATE) <= b.enddate)
LEFT JOIN raw_encounter e USING (mdtrt_id, psn_no)
WHERE COALESCE(left(e.med_type, 2), '') NOT IN ('13', '24')
    AND NOT EXISTS (
        SELECT 1 FROM fine
        WHERE fine.prac_psn_code = f.bilg_dr_code AND CAST(f.fee_ocur_time AS DATE) >= fine.begndate
            AND (fine.enddate IS NULL OR CAST(f.fee_ocur_time AS DATE) <= fine.enddate)
    )
