#define _GNU_SOURCE /* syscall numbers, O_PATH */
#include "evidence/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

#if defined(__x86_64__)
#define NATIVE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCH AUDIT_ARCH_AARCH64
#else
#define NATIVE_ARCH 0
#endif

/* Duplicates first, above everything in use, so that no descriptor that is
 * still needed gets overwritten. */
void confine_descriptors(const int *descriptors, size_t count)
{
    enum {
        HIGH = 100,
    };
    int high[8];

    for (size_t i = 0; i < count && i < 8; i++)
        high[i] = fcntl(descriptors[i], F_DUPFD, HIGH);
    for (size_t i = 0; i < count && i < 8; i++)
        if (high[i] < 0 || dup2(high[i], CONFINE_FIRST + (int)i) < 0)
            _exit(1);
    (void)close(0);
    (void)close(1);
    if (!HAS_SANITIZER) /* its reports are wanted */
        (void)close(2);
    /* close_range() came with Linux 5.9. */
    if (syscall(SYS_close_range, CONFINE_FIRST + (unsigned)count, ~0U, 0) != 0)
        for (int i = CONFINE_FIRST + (int)count; i < 4096; i++)
            (void)close(i);
}

static void limit(int resource, int64_t value)
{
    struct rlimit both = { .rlim_cur = (rlim_t)value,
                           .rlim_max = (rlim_t)value };

    (void)setrlimit(resource, &both);
}

static void set_limits(const struct confine_limits *limits)
{
    struct rlimit cpu = { .rlim_cur = (rlim_t)limits->cpu_seconds,
                          .rlim_max = (rlim_t)limits->cpu_seconds + 1 };

    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    (void)setrlimit(RLIMIT_CPU, &cpu);
    if (!HAS_SANITIZER) /* ASan reserves terabytes */
        limit(RLIMIT_AS, limits->memory_bytes);
}

/* The rights of each Landlock ABI, as bit counts: linux/landlock.h of Debian
 * 12 ends at ABI 2. */
static uint64_t landlock_rights(long abi)
{
    static const unsigned bits[] = { 0, 13, 14, 15, 15, 16 };
    size_t known = sizeof bits / sizeof bits[0];
    unsigned count = bits[(size_t)abi < known ? (size_t)abi : known - 1];

    return (UINT64_C(1) << count) - 1;
}

static long landlock_abi(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0,
                   LANDLOCK_CREATE_RULESET_VERSION);
}

static bool landlock_all(void)
{
    long abi = landlock_abi();
    struct landlock_ruleset_attr rules = { 0 };
    int ruleset;
    bool ok;

    if (abi < 1)
        return false;
    rules.handled_access_fs = landlock_rights(abi);
    ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules,
                           sizeof rules.handled_access_fs, 0);
    if (ruleset < 0)
        return false;
    ok = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    (void)close(ruleset);
    return ok;
}

/* Calls that a reader has no business with. What only one architecture has is
 * behind its name. */
static const uint16_t refused_calls[] = {
#ifdef SYS_open
    SYS_open,
#endif
#ifdef SYS_creat
    SYS_creat,
#endif
#ifdef SYS_fork
    SYS_fork,
#endif
#ifdef SYS_vfork
    SYS_vfork,
#endif
#ifdef SYS_unlink
    SYS_unlink,
#endif
#ifdef SYS_rename
    SYS_rename,
#endif
#ifdef SYS_mkdir
    SYS_mkdir,
#endif
#ifdef SYS_symlink
    SYS_symlink,
#endif
#ifdef SYS_link
    SYS_link,
#endif
#ifdef SYS_mknod
    SYS_mknod,
#endif
#ifdef SYS_chmod
    SYS_chmod,
#endif
#ifdef SYS_chown
    SYS_chown,
#endif
    SYS_clone,
    SYS_clone3,
    SYS_openat,
    SYS_openat2,
    SYS_open_by_handle_at,
    SYS_execve,
    SYS_execveat,
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_io_uring_setup,
    SYS_userfaultfd,
    SYS_mount,
    SYS_umount2,
    SYS_unshare,
    SYS_setns,
    SYS_keyctl,
    SYS_add_key,
    SYS_unlinkat,
    SYS_renameat2,
    SYS_mkdirat,
    SYS_symlinkat,
    SYS_linkat,
    SYS_mknodat,
    SYS_fchmod,
    SYS_fchmodat,
    SYS_fchown,
    SYS_fchownat,
    SYS_kill,
    SYS_tkill,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    SYS_init_module,
    SYS_finit_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_swapon,
};

enum {
    REFUSED_COUNT = sizeof refused_calls / sizeof refused_calls[0],
    /* load arch, test, load number, test x32, the list, allow, refuse */
    PROGRAM_MAX = REFUSED_COUNT + 6,
};

static struct sock_filter load_word(size_t offset)
{
    return (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                        (uint32_t)offset);
}

/* Jumps `yes` instructions ahead if the accumulator compares as said. */
static struct sock_filter jump(uint16_t test, uint32_t value, size_t yes,
                               size_t no)
{
    return (struct sock_filter)BPF_JUMP((uint16_t)(BPF_JMP | test | BPF_K),
                                        value, (uint8_t)yes, (uint8_t)no);
}

static bool seccomp_refuse(void)
{
    struct sock_filter code[PROGRAM_MAX];
    struct sock_fprog program = { .filter = code };
    size_t at = 0;

    if (NATIVE_ARCH == 0)
        return false;
    code[at++] = load_word(offsetof(struct seccomp_data, arch));
    code[at++] = jump(BPF_JEQ, NATIVE_ARCH, 0, REFUSED_COUNT + 3);
    code[at++] = load_word(offsetof(struct seccomp_data, nr));
    code[at++] = jump(BPF_JGE, 0x40000000U, REFUSED_COUNT + 1, 0);
    for (size_t i = 0; i < REFUSED_COUNT; i++)
        code[at++] = jump(BPF_JEQ, refused_calls[i], REFUSED_COUNT - i, 0);
    code[at++] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
                                              SECCOMP_RET_ERRNO | EPERM);
    program.len = (unsigned short)at;
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

void confine_process(const struct confine_limits *limits)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)prctl(PR_SET_DUMPABLE, HAS_SANITIZER, 0, 0, 0);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    set_limits(limits);
    (void)landlock_all();
    (void)seccomp_refuse();
}

const char *confine_description(void)
{
    bool has_seccomp =
        NATIVE_ARCH != 0 && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;

    if (landlock_abi() >= 1)
        return has_seccomp ? "landlock, seccomp, limits" : "landlock, limits";
    return has_seccomp ? "seccomp, limits" : "limits only";
}
