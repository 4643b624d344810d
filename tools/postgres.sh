#!/usr/bin/env bash
# Make sure that a PostgreSQL for tests answers; start a throw-away one where its programs are installed.
# HUIYING_TEST_POSTGRES names another one; its user must be allowed to create databases.
set -euo pipefail
python=$1
address=${HUIYING_TEST_POSTGRES:-postgresql://postgres@127.0.0.1:5432/postgres}
folder=${TMPDIR:-/tmp}/huiying-test-postgres

answers() {
  "$python" -c "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()" "$address" 2>/dev/null
}

as_owner() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then su postgres -s /bin/sh -c "$1"; else sh -c "$1"; fi
}

answers && exit 0
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$programs" ] || programs=$(dirname "$(command -v initdb || echo /none)")
if [ -z "${HUIYING_TEST_POSTGRES:-}" ] && [ -x "$programs/initdb" ]; then
  echo "Starting a PostgreSQL for tests in $folder"
  mkdir -p "$folder" && [ "$(id -u)" != 0 ] || chown postgres "$folder"
  [ -d "$folder/data" ] || as_owner "$programs/initdb -D $folder/data -U postgres -A trust -E UTF8 --locale=C.UTF-8" >/dev/null
  as_owner "$programs/pg_ctl -D $folder/data -l $folder/log -w -o '-p 5432 -c listen_addresses=127.0.0.1 -k $folder' start" >/dev/null
  answers && exit 0
fi
cat >&2 <<TEXT

The tests run on SQLite and on PostgreSQL, and no PostgreSQL answers at
  $address
Start one, for example:
  docker run --rm -d -p 127.0.0.1:5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust postgres:16
or install it (Debian: apt-get install postgresql) and run this again, or name one of yours:
  HUIYING_TEST_POSTGRES=postgresql://user:password@host:port/postgres make test
To run the tests on SQLite only: make test-sqlite
TEXT
exit 1
