-- What changed since a day, without a walk through all that ever changed.
CREATE INDEX changes_by_time ON changes (at, product);
