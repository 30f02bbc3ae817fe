"""HTTP: connections and middleware."""
