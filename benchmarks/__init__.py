"""What is said about speed is measured here, side by side in one run."""
