"""The workbench: where agreements are made, tried, discussed and published, by who may."""
