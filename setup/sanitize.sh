#!/usr/bin/env bash
# The Swift tests under the sanitizers that come with Swift. Called by `make sanitize`, which installs what it needs first.
#   setup/sanitize.sh                 thread, then address
#   setup/sanitize.sh thread|address [NAME]   one of them; NAME as `swift test --filter` takes it
#   setup/sanitize.sh build thread|address|fuzz   builds and stops there
# What a sanitizer says goes to .build-tools/sanitize/; one word of it is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

# Address and fuzz share one build: the counters of covered edges, which libFuzzer reads, cost the tests little.
flags() {
    local scratch=.build-tsan
    [[ $1 == thread ]] || scratch=.build-asan
    printf '%s\n' --sanitize "$1" --scratch-path "$scratch" -debug-info-format none
    if [[ $1 == address ]]; then
        printf '%s\n' -Xswiftc -sanitize-coverage=edge,trace-cmp,indirect-calls,inline-8bit-counters,pc-table
    fi
}

build() {
    local kind=$1 what=(--build-tests) arguments
    if [[ $kind == fuzz ]]; then
        kind=address what=(--product Fuzz)
        MAILLAGE_FUZZER=$(fuzzer)
        export MAILLAGE_FUZZER
    fi
    mapfile -t arguments < <(flags "$kind")
    swift build "${what[@]}" "${arguments[@]}"
}

# The runtime of libFuzzer without its `main`: Fuzz/ has its own.
fuzzer() {
    local resources library
    resources=$(swiftc -print-target-info | python3 -c 'import json, sys; print(json.load(sys.stdin)["paths"]["runtimeResourcePath"])')
    library=$resources/clang/lib/linux/libclang_rt.fuzzer_no_main-$(uname -m).a
    [[ -f $library ]] || { echo "sanitize: this Swift comes without libFuzzer ($library)" >&2; return 1; }
    echo "$library"
}

tests() {
    local kind=$1 filter=${2:-} place=$PWD/.build-tools/sanitize arguments status=0
    local log=$place/$kind.log said=$place/$kind-said
    mkdir -p "$place"
    rm -f "$said".*
    build "$kind"
    mapfile -t arguments < <(flags "$kind")
    [[ -z $filter ]] || arguments+=(--filter "$filter")
    # What measures memory or time says nothing here: a sanitizer takes of both.
    arguments+=(--skip "LongUploadBatteryTests|DossierCrowdTests|CrowdBatteryTests|ZIPPlanTests.memory|WorkbookStreamTests.memory")
    # A trap is told by its line. What the sanitizers say, of the tests and of the programs that tests start, goes to files.
    local environment=(SWIFT_BACKTRACE=enable=no)
    if [[ $kind == thread ]]; then
        "$(dirname "$(readlink -f "$(command -v swiftc)")")/clang" -shared -fPIC -O2 -o "$place/mutex.so" \
            setup/thread-sanitizer.c
        environment+=(
            "LD_PRELOAD=$place/mutex.so"
            "TSAN_OPTIONS=suppressions=$PWD/setup/thread-sanitizer.txt exitcode=0 log_path=$said"
        )
    else
        # What Swift keeps for ever (metadata of types) reads as a leak.
        environment+=("ASAN_OPTIONS=detect_leaks=0 log_path=$said")
    fi
    env "${environment[@]}" swift test --skip-build "${arguments[@]}" >"$log" 2>&1 || status=$?
    tail -n 3 "$log"
    if compgen -G "$said.*" >/dev/null; then
        status=1
        grep -hE '^SUMMARY:' "$said".* | sort | uniq -c | sort -rn
        echo "sanitize: $kind: see $said.*" >&2
    fi
    ((status)) || echo "sanitize: $kind: every test held, and nothing was said"
    return "$status"
}

if [[ ${1:-} == build ]]; then
    build "$2"
    exit
fi

if [[ -z ${MAILLAGE_TEST_POSTGRES:-} ]] && ! setup/postgres.sh url >/dev/null 2>&1; then
    trap 'setup/postgres.sh stop' EXIT
    trap 'exit 130' INT TERM
    setup/postgres.sh start >/dev/null
fi
MAILLAGE_TEST_POSTGRES=${MAILLAGE_TEST_POSTGRES:-$(setup/postgres.sh url)}
export MAILLAGE_TEST_POSTGRES

case ${1:-} in
thread | address) tests "$@" ;;
'')
    status=0
    tests thread || status=$?
    tests address || status=$?
    exit "$status"
    ;;
*) echo "setup/sanitize.sh [thread|address [NAME]] | build thread|address|fuzz" >&2; exit 64 ;;
esac
