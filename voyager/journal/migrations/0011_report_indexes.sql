-- What a report sums up stands behind long texts in its row: indexes that hold all that is summed.
CREATE INDEX executions_in_short ON executions (attempt_id, outcome, seconds);
CREATE INDEX attempts_in_short ON attempts (task_id, number, status, reused, started_at);
CREATE INDEX model_calls_in_short ON model_calls (run_id, role, model, purpose, outcome, task_id, at,
    seconds, input_tokens, output_tokens, cost, estimated);
