-- Lag of the lake: up to which offset each chain is merged, and when that was
-- Compare next_offset with the end of the chain in staging, or with the partition's end in Kafka. Snapshots of others
-- (an optimizer's, for example) tell no watermark: the newest that does is what holds.
WITH told AS (
    SELECT
        committed_at,
        element_at(summary, 'tributary.watermark') AS watermark
    FROM "gauges$snapshots"
    WHERE element_at(summary, 'tributary.watermark') IS NOT NULL
    ORDER BY committed_at DESC
    LIMIT 1
)
SELECT
    chain,
    CAST(json_extract(standing, '$.next') AS bigint) AS next_offset,
    CAST(json_extract(standing, '$.records') AS bigint) AS records_merged,
    committed_at AS merged_at,
    date_diff('second', committed_at, current_timestamp) AS seconds_ago
FROM told
CROSS JOIN UNNEST(CAST(json_parse(watermark) AS map(varchar, json))) AS chains (chain, standing)
ORDER BY chain
