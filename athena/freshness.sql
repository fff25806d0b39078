-- Freshness: how old the newest record of each partition is, and how many rows came from it
SELECT
    _incarnation AS incarnation,
    _topic_partition AS topic_partition,
    count(*) AS row_count,
    max(_offset) AS newest_offset,
    max(_timestamp) AS newest_record,
    date_diff('second', max(_timestamp), current_timestamp) AS age_seconds
FROM gauges
GROUP BY 1, 2
ORDER BY 1, 2
