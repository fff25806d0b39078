-- Time travel: the table as it was an hour ago, beside what it is now
-- Change the interval; it fails where the table is younger than that.
SELECT
    'then' AS version,
    count(*) AS row_count,
    max(_timestamp) AS newest_record
FROM gauges FOR TIMESTAMP AS OF (current_timestamp - INTERVAL '1' HOUR)
UNION ALL
SELECT
    'now',
    count(*),
    max(_timestamp)
FROM gauges
