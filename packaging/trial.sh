#!/usr/bin/env bash
# Installs the package on a bare Debian 12 that systemd runs, in a container, and walks docs/OPERATIONS.md there: install, serve, kill, hang,
# restart and upgrade under visits, back up, lose the directory, restore, remove. Called by `make package-trial`, as root.
#   packaging/trial.sh PACKAGE.deb
# The container shares the network of the machine: port 8080 must be free.
# One line a step, with its seconds; status 1 when one does not hold.
set -euo pipefail
export LC_ALL=C

package=$(realpath "${1:?which package?}")
root=$(mktemp -d /var/tmp/maillage-debian.XXXXXX)
# It is the container's /, which its users walk through.
chmod 755 "$root"
leader=
failed=0

finish() {
    [[ -z $leader ]] || kill -s RTMIN+4 "$leader" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$root" "$root.log"
}
trap finish EXIT

# Runs a command in the container.
inside() {
    nsenter -t "$leader" -m -u -i -p -C -- /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 bash -c "$*"
}

# Runs a step, and says whether it held and how long it took.
step() {
    local words=$1 start=$EPOCHREALTIME said status=0
    shift
    # Not in a condition, where bash goes on after what fails.
    set +e
    said=$(
        set -e
        "$@" 2>&1
    )
    status=$?
    set -e
    if ((status == 0)); then
        printf 'holds  %6.1f s  %s%s\n' "$(awk "BEGIN { print $EPOCHREALTIME - $start }")" "$words" "${said:+: $(tail -n 1 <<<"$said")}"
    else
        failed=1
        printf 'FAILS  %6.1f s  %s\n' "$(awk "BEGIN { print $EPOCHREALTIME - $start }")" "$words"
        tail -n 12 <<<"$said" | sed 's/^/           /'
    fi
}

until_it_answers() {
    local end=$((SECONDS + ${1:-30}))
    until inside 'curl -fsS -m 2 http://127.0.0.1:8080/healthz' 2>/dev/null | grep -q '"ok"'; do
        ((SECONDS < end)) || {
            inside 'systemctl status maillage; journalctl -u maillage -n 20 --no-pager'
            return 1
        }
        sleep 0.1
    done
}

process() { inside 'systemctl show -p MainPID --value maillage'; }

echo "making a bare Debian 12"
debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,sudo,ca-certificates,curl bookworm "$root" >/dev/null
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp "$package" "$root/root/"
systemd-nspawn --quiet --directory "$root" --boot --register=no --keep-unit --machine maillage-trial </dev/null >"$root.log" 2>&1 &
nspawn=$!
for _ in {1..300}; do
    leader=$(pgrep -P "$nspawn" | head -n 1 || true)
    [[ -n $leader ]] && [[ $(inside 'systemctl is-system-running' 2>/dev/null || true) == running ]] && break
    sleep 0.1
done
deb=/root/$(basename "$package")

answers_the_first_account() {
    local code
    code=$(inside "journalctl -u maillage --no-pager | grep -A1 'first account' | tail -n 2") && [[ -n $code ]]
    inside 'curl -fsS -m 10 http://127.0.0.1:8080/premier-compte' | grep -q 'name="code"'
    echo "the page asks for the code of the console"
}

killed() {
    local former
    former=$(process)
    inside "kill -9 $former"
    until_it_answers 20
    [[ $(process) != "$former" ]]
}

hangs() {
    local former
    former=$(process)
    inside "kill -STOP $former"
    sleep 62
    until_it_answers 60
    [[ $(process) != "$former" ]]
}

# Visits all the time, each on a connection of its own, until `visited`; what was refused is written down.
visit() {
    inside 'touch /run/visiting; while [[ -e /run/visiting ]]; do
        curl -fsS -m 20 -o /dev/null http://127.0.0.1:8080/lieux && echo ok || echo refused
        done >/run/visits 2>&1' >/dev/null 2>&1 &
    sleep 2
}

visited() {
    sleep 2
    inside 'rm /run/visiting; sleep 1; ! grep -v ok /run/visits && echo "$(grep -c ok /run/visits) visits"'
}

restarts() {
    visit
    for _ in 1 2 3; do inside 'systemctl restart maillage'; done
    until_it_answers
    visited
}

upgrades() {
    visit
    inside "apt-get install -y --reinstall $deb"
    until_it_answers
    visited
}

writes_only_there() {
    # Root itself could not write elsewhere, where the service stands.
    inside "nsenter -t $(process) -m -- sh -c '
        for place in /etc /usr /var/lib /var/log /home /root /boot; do touch \$place/maillage-was-here 2>/dev/null && exit 1; done
        touch /var/lib/maillage/may-write && rm /var/lib/maillage/may-write'"
}

backs_up() {
    inside 'install -d -m 700 -o maillage -g maillage /backup/maillage'
    # Before it is allowed to, the service says what to do.
    inside 'maillage backup /backup/maillage/today.tar 2>&1 | grep ReadWritePaths=/backup/maillage'
    inside 'install -d /etc/systemd/system/maillage.service.d
        printf "[Service]\nReadWritePaths=/backup/maillage\n" >/etc/systemd/system/maillage.service.d/override.conf
        systemctl daemon-reload && systemctl restart maillage'
    until_it_answers
    inside 'maillage backup /backup/maillage/today.tar && maillage restore --dry-run /backup/maillage/today.tar'
}

comes_back() {
    inside 'systemctl stop maillage.socket maillage.service && mv /var/lib/maillage /var/lib/maillage.lost'
    inside 'maillage restore /backup/maillage/today.tar --data /var/lib/maillage && maillage check'
    inside 'systemctl start maillage.socket maillage.service'
    until_it_answers
}

# The first thread of a Swift program asks for a priority (LimitNICE in the unit), which some machines let nobody grant.
starts_without_a_complaint() {
    prlimit --nice=24:24 true 2>/dev/null || {
        echo "not tried: this machine lets nobody raise that limit"
        return
    }
    inside '! journalctl -u maillage --no-pager | grep -i "thread priority"'
}

leaves_the_data() {
    inside 'apt-get purge -y maillage && test -e /var/lib/maillage/maillage.sqlite && ! systemctl is-active maillage.socket'
}

step "the package and what it needs" inside "apt-get update && apt-get install -y $deb"
step "it answers" until_it_answers
((failed == 0)) || exit 1
step "systemd runs both units" inside 'systemctl is-active maillage.socket maillage.service | paste -sd" "'
step "the first account" answers_the_first_account
# The clock of a container is its machine's, which nothing in it may set.
step "the doctor finds no fault" inside '! maillage doctor | grep ^fault | grep -v "^fault  *clock"'
step "the runtime has the priority it asks for" starts_without_a_complaint
step "killed, it is started again" killed
step "hung, it is started again within two minutes" hangs
step "restarted three times, nobody is turned away" restarts
step "upgraded, nobody is turned away" upgrades
step "it writes to its data alone" writes_only_there
step "how open it is, by systemd" inside 'systemd-analyze security maillage --no-pager | tail -n 1'
step "backed up while it serves" backs_up
step "lost and restored" comes_back
step "removed, it leaves the data" leaves_the_data
exit "$failed"
