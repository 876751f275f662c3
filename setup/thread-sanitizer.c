/* Tells the thread sanitizer of the contended `Mutex` of Swift's Synchronization, loaded before everything by setup/sanitize.sh.
 *
 * Uncontended, a `Mutex` is an atomic exchange compiled into our code: the sanitizer sees it. Contended, it is two functions of a
 * library that is not instrumented and a call of the kernel (futex): the sanitizer sees nothing, and takes what the mutex guards for a
 * race. Rather than leave these out by name, which would leave true races out with them, the two functions say here what they order. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

/* Absent from the programs that run without the sanitizer. */
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *
/* _MutexHandle._lockSlow(UInt32) and _MutexHandle._unlockSlow(), as Swift 6 calls them. */
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slow(uint32_t thread, SELF mutex) __asm__(LOCK);
SWIFT void unlock_slow(SELF mutex) __asm__(UNLOCK);

static SWIFT void (*next_lock)(uint32_t, SELF);
static SWIFT void (*next_unlock)(SELF);

__attribute__((constructor)) static void find(void) {
    next_lock = dlsym(RTLD_NEXT, LOCK);
    next_unlock = dlsym(RTLD_NEXT, UNLOCK);
}

SWIFT void lock_slow(uint32_t thread, SELF mutex) {
    next_lock(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT void unlock_slow(SELF mutex) {
    if (__tsan_release) __tsan_release(mutex);
    next_unlock(mutex);
}
