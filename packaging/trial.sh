#!/usr/bin/env bash
# Installs the package on a bare Debian 12 that systemd runs, in a container, and walks docs/OPERATIONS.md there: install, serve, kill, hang,
# restart and upgrade under visits, hold a certificate and renew it, back up, lose the directory, restore, remove. Called by
# `make package-trial`, as root.
#   packaging/trial.sh PACKAGE.deb
# The container shares the network of the machine: ports 80, 443, 8080 and 8443 must be free. Certificates come from an authority in the
# container (Debian's Caddy), never from a public one: nothing but Debian's mirror is asked for anything.
# One line a step, with its seconds; status 1 when one does not hold.
# Steps are functions called by their names, and what is in single quotes is for the shell of the container:
# shellcheck disable=SC2016,SC2317
set -euo pipefail
export LC_ALL=C

package=$(realpath "${1:?which package?}")
for port in 80 443 8080 8443; do
    if (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        echo "port $port of this machine is taken" >&2
        exit 1
    fi
done
root=$(mktemp -d /var/tmp/maillage-debian.XXXXXX)
# It is the container's /, which its users walk through.
chmod 755 "$root"
leader=
failed=0
# Where the site answers; the guide's certificate moves it.
site=http://127.0.0.1:8080
# The name of the trial, in place of the guide's, and the authority that is asked for its certificate.
name=lieux.essai.test
authority=ca.essai.test:8443

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
    until inside "curl -fsS -m 2 $site/healthz" 2>/dev/null | grep -q '"ok"'; do
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
    inside "curl -fsS -m 10 $site/premier-compte" | grep -q 'name="code"'
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
    inside "touch /run/visiting; while [[ -e /run/visiting ]]; do
        curl -fsS -m 20 -o /dev/null $site/lieux && echo ok || echo refused
        done >/run/visits 2>&1" >/dev/null 2>&1 &
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

# The block of the installed guide that follows these words, with the name of the trial.
guide() {
    inside 'cat /usr/share/doc/maillage/OPERATIONS.md' | sed "s/lieux\.exemple\.fr/$name/g" |
        awk -v words="$1" 'index($0, words) { found = 1 } found && /^```/ { marks++; next } marks == 1'
}

# Caddy's authority, known to the container as Let's Encrypt is to the world. What the guide's person answers to apt and to certbot, and the
# address of the authority, are said in files: the guide's lines are run as they are.
has_an_authority() {
    inside "echo 127.0.0.1 localhost \$(hostname) $name ${authority%:*} >>/etc/hosts; install -d /etc/caddy && cat >/etc/caddy/Caddyfile" <<END
{
    admin off
    auto_https disable_redirects
    skip_install_trust
}
$authority {
    bind 127.0.0.1
    tls internal
    acme_server
}
END
    inside 'cat >/etc/apt/apt.conf.d/90trial' <<<'APT::Get::Assume-Yes "true";'
    inside 'install -d /root/.config/letsencrypt && cat >/root/.config/letsencrypt/cli.ini' <<END
server = https://$authority/acme/local/directory
email = contact@essai.test
agree-tos = true
non-interactive = true
no-random-sleep-on-renew = true
END
    inside "apt-get install -y -o Dpkg::Options::=--force-confold caddy
        root=/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt
        for _ in {1..100}; do [[ -s \$root ]] && break; sleep 0.1; done
        cp \$root /usr/local/share/ca-certificates/trial.crt && update-ca-certificates
        curl -fsS --retry 20 --retry-connrefused --retry-delay 1 https://$authority/acme/local/directory | grep newOrder && caddy version"
}

gets_a_certificate() {
    local settings sockets commands
    settings=$(guide '### TLS by Maillage itself')
    sockets=$(guide 'systemd opens the ports')
    commands=$(guide '**With certbot.**' | grep -v -e --force-renewal -e doctor)
    [[ $settings == *tls_certificate* && $sockets == *ListenStream=443* && $commands == *standalone* ]]
    inside 'cat >>/var/lib/maillage/maillage.toml' <<<"$settings"
    inside 'install -d /etc/systemd/system/maillage.socket.d && cat >/etc/systemd/system/maillage.socket.d/override.conf' <<<"$sockets"
    inside "set -e; $commands"
    until_it_answers
    inside "openssl x509 -in /etc/letsencrypt/live/$name/fullchain.pem -noout -issuer | grep Caddy"
    is_served
    inside 'certbot --version'
}

# The number of the certificate that a visitor is given.
served() { inside "openssl s_client -connect $name:443 -servername $name </dev/null 2>/dev/null | openssl x509 -noout -serial"; }

# The site gives the certificate that certbot had last.
is_served() {
    local kept end=$((SECONDS + 30))
    kept=$(inside "openssl x509 -in /etc/letsencrypt/live/$name/fullchain.pem -noout -serial")
    until [[ $(served) == "$kept" ]]; do
        ((SECONDS < end)) || {
            echo "the site does not give certbot's last certificate, $kept"
            return 1
        }
        sleep 0.5
    done
}

answers_in_https_alone() {
    [[ $(inside "curl -sS -o /dev/null -w '%{http_code} %{redirect_url}' 'http://$name/lieux?a=b'") == "308 https://$name/lieux?a=b" ]]
    [[ $(inside "curl -sS -o /dev/null -w '%{http_code}' -d a=b http://$name/connexion") == 405 ]]
    inside '! curl -sS -m 2 http://127.0.0.1:8080/healthz'
    echo "http leads to https://$name"
}

# Another certificate by these commands, while people visit: the same process gives it.
renewed_by() {
    local former number
    former=$(process)
    number=$(served)
    visit
    inside "set -e; $1"
    is_served
    [[ $(served) != "$number" && $(process) == "$former" ]]
    visited
}

renews() {
    local command
    command=$(guide '**With certbot.**' | grep -e --force-renewal)
    [[ $command == *webroot* ]]
    renewed_by "$command"
}

# Certificates of this authority last twelve hours: each is due.
renews_by_itself() {
    inside 'systemctl is-active certbot.timer'
    renewed_by 'systemctl start certbot.service'
}

# Those twelve hours are what the doctor warns of.
doctor_knows_the_certificate() {
    inside 'maillage doctor >/run/doctor || true
        ! grep ^fault /run/doctor | grep -v "^fault  *clock" || exit 1
        grep "^ok  *public address  *https:" /run/doctor && grep "^ok  *site  .*:443" /run/doctor
        grep "^warning  *certificate  *it ends in 0 days" /run/doctor'
}

# With a certificate that ended the site does not start, so that nothing can be renewed through it.
comes_back_from_an_end() {
    local command mend
    command=$(guide '**With certbot.**' | grep -e --force-renewal)
    mend=$(inside 'cat /usr/share/doc/maillage/OPERATIONS.md' | grep -F '*ended on*' | grep -o '`sudo [^`]*`' | tr -d '`' | grep -v dry-run)
    [[ $mend == *standalone* ]]
    inside "systemctl stop maillage.socket maillage.service; cd /var/lib/maillage/tls
        openssl x509 -in /etc/letsencrypt/live/$name/fullchain.pem -signkey privkey.pem -days 0 -out fullchain.pem
        sleep 2; systemctl start maillage.socket; systemctl start maillage.service
        journalctl -u maillage -n 20 --no-pager | grep ' ended on '"
    inside "set -e; $mend"
    until_it_answers
    is_served
    inside "set -e; $command"
    is_served
    inside "certbot renew --dry-run && grep -x 'authenticator = webroot' /etc/letsencrypt/renewal/$name.conf"
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
step "an authority of certificates" has_an_authority
site=https://$name
step "a certificate, as the guide has it" gets_a_certificate
step "it answers in https alone" answers_in_https_alone
step "renewed through the site, nobody is turned away" renews
step "renewed as the timer does, nobody is turned away" renews_by_itself
step "the doctor knows the certificate" doctor_knows_the_certificate
step "its certificate ended, it comes back" comes_back_from_an_end
step "backed up while it serves" backs_up
step "lost and restored" comes_back
step "removed, it leaves the data" leaves_the_data
exit "$failed"
