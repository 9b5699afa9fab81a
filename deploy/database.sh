#!/bin/sh
# De eerste keer dat de database begint: een gebruiker waarmee Gehoor werkt. Die mag niet alles, want dan houdt de
# database organisaties niet uit elkaar.
set -eu

psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 --set password="$GEHOOR_PASSWORD" <<'SQL'
CREATE ROLE gehoor LOGIN PASSWORD :'password';
CREATE DATABASE gehoor OWNER gehoor;
\connect gehoor
-- Zoeken op woorden verklapt niets over wat van een ander is: zo dient de index er ook voor.
ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF;
SQL
