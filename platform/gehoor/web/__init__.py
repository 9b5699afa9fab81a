"""The pages, by audience. They see services and ports only."""
