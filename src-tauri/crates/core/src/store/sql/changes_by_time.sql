-- What changed since a day, without a walk through all that ever changed.
DROP INDEX IF EXISTS changes_by_time;
CREATE INDEX changes_by_time ON changes (at, product);
