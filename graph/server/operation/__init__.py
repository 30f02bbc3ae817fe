"""Running the server: its log, its metrics, the proxy before it, and the service manager that started it."""
