-- Rejects: what was refused, by topic, stage and reason, with one example of each
SELECT
    topic,
    stage,
    reason,
    count(*) AS records,
    min("timestamp") AS first_seen,
    max("timestamp") AS last_seen,
    max_by(source, "timestamp") AS latest_source,
    max_by(substr(raw, 1, 200), "timestamp") AS latest_example
FROM rejected
GROUP BY 1, 2, 3
ORDER BY records DESC, last_seen DESC
LIMIT 100
