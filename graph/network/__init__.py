"""The network of who was at which event with whom (networkx), and its ties, paths and centralities."""
