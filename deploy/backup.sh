#!/bin/sh
# Puts the database and the uploaded files into one archive with checksums.
#
#   DATABASE_URL=… MEDIA_ROOT=… deploy/backup.sh FOLDER
#
# PG_BIN names the folder of pg_dump when it is not on PATH. Prints the path of the archive as its last line.
set -eu

folder=${1:?"usage: backup.sh FOLDER"}
: "${DATABASE_URL:?}" "${MEDIA_ROOT:?}"
pg_dump=${PG_BIN:+$PG_BIN/}pg_dump
umask 077

mkdir -p "$folder" "$MEDIA_ROOT"
work=$(mktemp -d "$folder/.backup-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The database first: a file is stored before the row that names it, so no row in the dump lacks its file.
"$pg_dump" --format=custom --no-owner --no-privileges --file="$work/database.dump" "$DATABASE_URL"
tar -C "$MEDIA_ROOT" -cf "$work/media.tar" .
(cd "$work" && sha256sum database.dump media.tar >SHA256SUMS)

archive=$folder/portal-$(date -u +%Y%m%dT%H%M%SZ).tar
tar -C "$work" -cf "$work/archive" SHA256SUMS database.dump media.tar
mv "$work/archive" "$archive"
echo "$archive"
