"""Worker processes that answer queries: their pool, scheduler, messages, sandbox and tasks."""
