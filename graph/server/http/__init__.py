"""HTTP below the views: connections, the framing of requests, middleware."""
