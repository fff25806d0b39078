-- Top keys: the twenty keys with the most rows; in a table by key each has one, and the latest come first
SELECT
    _key AS record_key,
    count(*) AS row_count,
    max(_timestamp) AS latest_record
FROM gauges
GROUP BY 1
ORDER BY row_count DESC, latest_record DESC, record_key
LIMIT 20
