#!/bin/bash
# Резервная копия «Города 24» на ходу: очередь коннектора, база, файлы.
#
#   gorod24-backup.sh БАЗА DATA_DIR КУДА [ПАПКА_КОННЕКТОРА…]
#   gorod24-backup.sh gorod24 /var/lib/gorod24 /srv/backup /var/lib/gorod24-cisco
#
# DATA_DIR – data_dir из odoo.conf (внутри filestore). Сервер базы – переменными PGHOST,
# PGPORT, PGUSER, PGPASSFILE. Папки коннектора: очередь событий и не принятые записи.
# Порядок важен: сначала очередь (событие, уже ушедшее в базу, повторится безвредно),
# потом база, потом файлы (файл не переписывают, а базе нужны все, на которые она указала).
set -euo pipefail
umask 077
if [ $# -lt 3 ]; then
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
database=$1 data=$2 where=$3
shift 3
name=$where/$database-$(date +%Y-%m-%d_%H-%M-%S)
mkdir -p "$name.part"
index=0
for folder in "$@"; do
    index=$((index + 1))
    # служба пишет и сейчас: файл, исчезнувший по дороге, уже отдан
    tar --create --warning=no-file-changed --warning=no-file-removed \
        --directory="$folder" --file="$name.part/spool-$index.tar" . || [ $? -eq 1 ]
done
pg_dump --format=directory --jobs=2 --file="$name.part/base" "$database"
mkdir -p "$data/filestore/$database"
tar --create --warning=no-file-changed --warning=no-file-removed \
    --directory="$data/filestore/$database" --file="$name.part/filestore.tar" . ||
    [ $? -eq 1 ]
mv "$name.part" "$name"
echo "$name"
