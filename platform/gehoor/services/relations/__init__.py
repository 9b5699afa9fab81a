"""What dossiers have to do with each other: links, merging, sending on."""
