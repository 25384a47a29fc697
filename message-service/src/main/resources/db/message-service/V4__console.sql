-- What the console's charts and buttons need besides.

-- serves CauseTrendStore: what ended when, whatever the cause
CREATE INDEX cause_trend_at ON cause_trend (minutes, at) INCLUDE (cause_id, died);
