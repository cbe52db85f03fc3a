"""What the pytest plug-in does, loaded when it has found something to test."""
