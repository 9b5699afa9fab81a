"""The peers: what others would build for the same work, one file each, and each as good as it can be."""
