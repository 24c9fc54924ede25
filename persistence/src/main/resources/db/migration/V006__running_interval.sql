-- An agent has one interval that still runs; it is found without walking through all that she ever did.
CREATE UNIQUE INDEX agent_interval_running_idx ON agent_interval (agent_id) WHERE until IS NULL;
