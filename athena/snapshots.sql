-- Snapshots: what each commit of the last ones did to the table
SELECT
    committed_at,
    snapshot_id,
    operation,
    element_at(summary, 'added-records') AS added,
    element_at(summary, 'added-delete-files') AS delete_files,
    element_at(summary, 'total-records') AS total,
    element_at(summary, 'tributary.counts') AS counts
FROM "gauges$snapshots"
ORDER BY committed_at DESC
LIMIT 50
