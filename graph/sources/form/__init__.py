"""What people write in claims files and page files."""
