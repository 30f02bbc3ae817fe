"""Views: what is answered at each address."""
