#!/usr/bin/env bash
# A small Spark cluster on this machine, for the test of `casepicture link --engine spark`: one master and two workers on
# 127.0.0.1, from the package index, in the project's `target` folder and nowhere else. Needs Python 3 and Java 17.
#
#   tests/spark/cluster.sh start    install Spark if need be, start master and workers
#   tests/spark/cluster.sh stop     stop them; what was installed stays
#   tests/spark/cluster.sh test     start, run the test, stop
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
home="${SPARK_TEST_DIR:-$root/target/spark}"
port="${SPARK_TEST_PORT:-17077}"
master="spark://127.0.0.1:$port"
workers=2

fail() {
    echo "cluster.sh: $1" >&2
    echo "  hint: $2" >&2
    exit 2
}

install() {
    command -v java >/dev/null || fail "java is not on the path" "install Java 17 or newer"
    command -v python3 >/dev/null || fail "python3 is not on the path" "install Python 3 with its venv module"
    if [ ! -x "$home/venv/bin/python" ]; then
        mkdir -p "$home"
        python3 -m venv "$home/venv"
    fi
    if ! "$home/venv/bin/python" -c 'import pyspark' 2>/dev/null; then
        echo "installing pyspark (about 500 MB) into $home"
        "$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check 'pyspark==4.3.*'
    fi
    # where the test, and `casepicture` through SPARK_HOME, find it
    ln -sfn "$("$home/venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')" "$home/home"
}

# Starts one process in the background, unless the one whose number is kept still runs.
run() {
    local name="$1"
    shift
    is_running "$name" && return
    SPARK_LOCAL_IP=127.0.0.1 SPARK_NO_DAEMONIZE=1 SPARK_DAEMON_MEMORY=256m \
        nohup "$home/home/bin/spark-class" "$@" >"$home/$name.log" 2>&1 </dev/null &
    echo $! >"$home/$name.pid"
}

is_running() {
    [ -f "$home/$1.pid" ] && kill -0 "$(cat "$home/$1.pid")" 2>/dev/null
}

names() {
    for number in $(seq "$workers"); do echo "worker$number"; done
    echo master
}

start() {
    install
    run master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
    for number in $(seq "$workers"); do
        run "worker$number" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 \
            --cores 1 --memory 1g --work-dir "$home/work$number" "$master"
    done
    for _ in $(seq 60); do
        if [ "$(cat "$home"/worker?.log | grep -c 'Successfully registered with master')" -ge "$workers" ]; then
            echo "$master" >"$home/master.url"
            echo "running: $master"
            echo "  SPARK_HOME=$home/home casepicture link FILE... --out DIR --engine spark --spark-master $master"
            return
        fi
        for name in $(names); do
            is_running "$name" || fail "$name ended" "read $home/$name.log"
        done
        sleep 1
    done
    fail "the workers did not register within a minute" "read $home/worker1.log"
}

stop() {
    rm -f "$home/master.url"
    for name in $(names); do
        if is_running "$name"; then
            kill "$(cat "$home/$name.pid")" 2>/dev/null || true
            for _ in $(seq 50); do
                is_running "$name" || break
                sleep 0.1
            done
        fi
        rm -f "$home/$name.pid"
    done
    rm -rf "$home"/work?
}

case "${1:-}" in
start) start ;;
stop) stop ;;
test)
    trap stop EXIT
    start
    cd "$root"
    cargo test --locked --test spark -- --nocapture
    ;;
*) fail "say what to do" "tests/spark/cluster.sh start|stop|test" ;;
esac
