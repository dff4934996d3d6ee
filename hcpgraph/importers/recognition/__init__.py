"""What a file is: formats by likeness, exports known by name, refusals in words."""
