-- Latest records: the last hundred that arrived, by the time that Kafka gave them
SELECT *
FROM gauges
ORDER BY _timestamp DESC, _topic_partition, _offset DESC
LIMIT 100
