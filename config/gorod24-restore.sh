#!/bin/bash
# Восстановить «Город 24» из копии gorod24-backup.sh под новым именем базы.
#
#   gorod24-restore.sh КОПИЯ НОВАЯ_БАЗА DATA_DIR [--copy]
#
# --copy – база для пробы рядом с рабочей: письма и задания выключены, чтобы гражданам и
# участникам не ушло второе письмо. Очередь коннектора (spool-*.tar в копии) распакуйте в
# его папку, пока служба остановлена: повторное событие безвредно.
set -euo pipefail
umask 077
if [ $# -lt 3 ]; then
    sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
copy=$1 database=$2 data=$3 way=${4:-}
if [ -e "$data/filestore/$database" ]; then
    echo "Папка $data/filestore/$database уже есть: выберите другое имя." >&2
    exit 1
fi
# Индексы поиска стоят на unaccent, а копия не помнит, что её сделали неизменной: новая
# база берёт её из template1, где это один раз делает владелец сервера.
createdb --template=template1 "$database"
if [ "$(psql --no-align --tuples-only --dbname="$database" --command="
    SELECT count(*) FROM pg_proc WHERE proname = 'unaccent' AND provolatile = 'i'")" = 0 ]
then
    dropdb "$database"
    echo "Сервер не подготовлен. Один раз выполните от имени postgres:" >&2
    echo '  psql -d template1 -c "CREATE EXTENSION IF NOT EXISTS unaccent;' \
        'CREATE EXTENSION IF NOT EXISTS pg_trgm;' \
        'ALTER FUNCTION unaccent(text) IMMUTABLE"' >&2
    exit 1
fi
# расширения уже есть, а их описания принадлежат владельцу сервера
list=$(mktemp)
trap 'rm -f "$list"' EXIT
pg_restore --list "$copy/base" | grep --invert-match ' EXTENSION ' > "$list"
pg_restore --jobs=2 --no-owner --exit-on-error --use-list="$list" \
    --dbname="$database" "$copy/base"
mkdir -p "$data/filestore/$database"
tar --extract --directory="$data/filestore/$database" --file="$copy/filestore.tar"
if [ "$way" = --copy ]; then
    psql --quiet --set=ON_ERROR_STOP=1 --dbname="$database" --command="
        UPDATE ir_cron SET active = FALSE;
        UPDATE ir_mail_server SET active = FALSE;
        DELETE FROM ir_config_parameter WHERE key = 'database.uuid'"
fi
PGOPTIONS="-c client_min_messages=error" psql --quiet --dbname="$database" \
    --command="ANALYZE"
