-- Every headline number from the tables alone, and without each document (`gone`, empty for none).
-- sqlite3: .import --csv events.csv events, and so sources, mentions, extracts, positions, actors,
-- dyads, facts, forecasts. A document without a row, or with an empty value, leaves nothing to count.
-- duckdb: read_csv(…, all_varchar = true, nullstr = '~'), and what sqlite3 has by itself:
-- CREATE MACRO julianday(day) AS julian(CAST(day AS DATE)); SET integer_division = true;
DELETE FROM extracts WHERE source_id IN (SELECT source_id FROM sources WHERE beside <> '');
DELETE FROM mentions WHERE source_id IN (SELECT source_id FROM sources WHERE beside <> '');
DELETE FROM positions WHERE source_id IN (SELECT source_id FROM sources WHERE beside <> '');
DELETE FROM facts WHERE source_id IN (SELECT source_id FROM sources WHERE beside <> '');
DELETE FROM forecasts WHERE source_ids IN (SELECT source_id FROM sources WHERE beside <> '');
DELETE FROM sources WHERE beside <> '';  -- what stands beside the argument counts in no headline
CREATE VIEW left_out AS SELECT '' AS gone UNION ALL SELECT source_id FROM sources;
CREATE VIEW acts AS
  SELECT * FROM events JOIN (
    SELECT gone, event_id, MAX(m.earliest_date) AS low, MIN(NULLIF(m.latest_date, '')) AS high
    FROM left_out JOIN mentions m ON source_id <> gone GROUP BY gone, event_id) USING (event_id);

-- corpus.authorial-share
SELECT gone, ROUND(100.0 * SUM(mode = 'authorial') / COUNT(*)) AS value
FROM left_out, extracts WHERE source_id <> gone GROUP BY gone;

-- corpus.direct-share
SELECT gone, ROUND(100.0 * SUM(mode = 'direct') / COUNT(*)) AS value
FROM left_out, extracts WHERE source_id <> gone GROUP BY gone;

-- rotation.weeks-empty
SELECT gone, CAST(JULIANDAY(b.low) - JULIANDAY(a.high) AS INTEGER) / 7 AS fewest,
  CAST(JULIANDAY(b.high) - JULIANDAY(a.low) AS INTEGER) / 7 AS most
FROM acts a JOIN acts b USING (gone)
WHERE a.event_id = 'khachaturov-recalled' AND b.event_id = 'peskov-no-vacuum';

-- rotation.backers-all
SELECT gone, COUNT(DISTINCT p.state_id) AS value
FROM left_out, positions p JOIN actors ON actor_id = p.state_id
WHERE source_id <> gone AND question = 'Q1' AND stance = 'belarusian'
  AND is_member = 'true' AND actor_id <> 'belarus' GROUP BY gone;

-- rotation.backers-unhedged
SELECT gone, COUNT(DISTINCT CASE WHEN status <> 'hedged' THEN p.state_id END) AS value
FROM left_out, positions p JOIN actors ON actor_id = p.state_id
WHERE source_id <> gone AND question = 'Q1' AND stance = 'belarusian'
  AND is_member = 'true' AND actor_id <> 'belarus' GROUP BY gone;

-- azerbaijan.days-session-to-leak
SELECT gone, CAST(JULIANDAY(b.low) - JULIANDAY(a.high) AS INTEGER) AS fewest,
  CAST(JULIANDAY(b.high) - JULIANDAY(a.low) AS INTEGER) AS most
FROM acts a JOIN acts b USING (gone)
WHERE a.event_id = 'astana-no-secretary-general' AND b.event_id = 'lukashenka-discloses-session';

-- azerbaijan.documents-leaning
SELECT gone, COUNT(*) AS value
FROM left_out, (SELECT source_id FROM (
    SELECT source_id, actor_state_id AS giver FROM dyads JOIN mentions USING (event_id)
    WHERE recipient_state_id = 'azerbaijan' AND sign = 1
    UNION SELECT source_id, subject_id FROM facts
    WHERE object_id = 'azerbaijan' AND attribute = 'tie')
  WHERE giver IN ('belarus', 'kazakhstan') GROUP BY source_id HAVING COUNT(DISTINCT giver) = 2)
WHERE source_id <> gone GROUP BY gone;

-- withdrawal.refusals
SELECT gone, SUM(distancing = 'strict') AS value FROM acts GROUP BY gone;

-- withdrawal.addressee-shift
SELECT gone, ROUND(100 * (AVG(CASE WHEN high >= '2022' THEN aimed END)
  - AVG(CASE WHEN high < '2022' THEN aimed END))) AS value
FROM (SELECT *, CAST(';' || recipient_ids || ';' LIKE '%;csto;%'
    OR ';' || recipient_ids || ';' LIKE '%;csto-council;%' AS INTEGER) AS aimed FROM acts)
WHERE rung <> '' AND sign = -1 GROUP BY gone;

-- withdrawal.forecasts-with-horizon
SELECT gone, SUM(has_horizon = 'true') AS value
FROM left_out, forecasts WHERE ';' || source_ids || ';' NOT LIKE '%;' || gone || ';%' GROUP BY gone;
