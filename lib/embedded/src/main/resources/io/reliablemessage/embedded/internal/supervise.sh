# Runs a server until it ends by itself or standard input closes. The JVM holds the other end of standard input, so it
# closes with the JVM, however that ends. Being the server's parent, this shell knows the server's pid for certain.
#
# supervise.sh <signal that asks the server to stop> <directory to delete afterwards, or ''> <command ...>
# A file named `keep` in the directory saves it: the server is to start again.
signal=$1
litter=$2
shift 2

trap '' HUP INT TERM                    # Ctrl-C is for the JVM, which wants to finish its work with the server still there
exec 3<&0

(trap - HUP TERM; exec "$@") 3<&- < /dev/null &
server=$!

{
    read -r _ <&3
    kill -s "$signal" "$server"
    tenths=0
    while kill -0 "$server" && [ "$tenths" -lt 150 ]; do sleep 0.1; tenths=$((tenths + 1)); done
    kill -s QUIT "$server"; sleep 1     # PostgreSQL: leave now, recover at the next start
    kill -s KILL "$server"
} > /dev/null 2>&1 &
watcher=$!

wait "$server"
status=$?
kill -s KILL "$watcher" 2> /dev/null
[ -z "$litter" ] || [ -e "$litter/keep" ] || rm -rf -- "$litter"
exit "$status"
