-- Volume by hour: rows of each hour of the last week, by the time that Kafka gave their records
SELECT
    date_trunc('hour', _timestamp) AS hour,
    count(*) AS row_count,
    count(DISTINCT _key) AS keys,
    count(DISTINCT _topic_partition) AS partitions
FROM gauges
WHERE _timestamp >= current_timestamp - INTERVAL '7' DAY
GROUP BY 1
ORDER BY 1 DESC
