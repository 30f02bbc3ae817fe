"""What every other package may use: findings, progress, text, files read strictly."""
