#!/bin/sh
# Brings database and uploaded files back from an archive of backup.sh. End web, worker and beat first.
#
#   DATABASE_URL=… MEDIA_ROOT=… deploy/restore.sh ARCHIVE [--replace]
#
# Refuses to touch a portal that has data unless --replace is given. The database changes wholly or not at all.
# Mails that waited in the backup are held back (state "uncertain"): some may have been sent since.
# PG_BIN names the folder of pg_restore and psql when they are not on PATH.
set -eu

case ${1:---help} in
    --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
archive=$1
replace=${2:-}
: "${DATABASE_URL:?}" "${MEDIA_ROOT:?}"
psql="${PG_BIN:+$PG_BIN/}psql"
pg_restore="${PG_BIN:+$PG_BIN/}pg_restore"
here=$(cd "$(dirname "$0")" && pwd)
umask 077

ask() { "$psql" --no-psqlrc --quiet --tuples-only --no-align -v ON_ERROR_STOP=1 "$DATABASE_URL" --command="$1"; }

mkdir -p "$MEDIA_ROOT"
if [ "$replace" != --replace ]; then
    tables=$(ask "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    files=$(find "$MEDIA_ROOT" -type f | head -n 1)
    if [ "$tables" != 0 ] || [ -n "$files" ]; then
        echo "There are data here already. Add --replace to put the backup in their place." >&2
        exit 1
    fi
fi

work=$(mktemp -d "$MEDIA_ROOT/.restore-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
tar -xf "$archive" -C "$work"
(cd "$work" && sha256sum --check --quiet SHA256SUMS)
mkdir "$work/media"
tar -xpf "$work/media.tar" -C "$work/media"

# Written out first: a dump that cannot be read to its end must not reach the database.
"$pg_restore" --no-owner --no-privileges --file="$work/restore.sql" "$work/database.dump"
"$psql" --no-psqlrc --quiet --output=/dev/null --single-transaction -v ON_ERROR_STOP=1 "$DATABASE_URL" \
    --file="$here/empty.sql" --file="$work/restore.sql" --file="$here/hold_mail.sql"

find "$MEDIA_ROOT" -mindepth 1 -maxdepth 1 ! -path "$work" -exec rm -rf {} +
find "$work/media" -mindepth 1 -maxdepth 1 -exec mv {} "$MEDIA_ROOT/" \;
echo "Restored from $archive. Run the migrations, then start the portal."
