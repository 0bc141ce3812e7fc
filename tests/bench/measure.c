/* Runs a command without its output and says what it took.
 *
 * usage: measure RESULT COMMAND [ARGUMENT]...
 *
 * Writes one line into RESULT: seconds, seconds of processor time, peak KiB of
 * the largest process, peak KiB of all its processes together, exit status.
 * The sum is sampled every 50 ms and counts pages that processes share in each
 * of them: it is never too small but for what came and went in between.
 * Neither time(1) nor Python is in a plain Debian. */
#define _DEFAULT_SOURCE         /* wait4 */
#define _POSIX_C_SOURCE 200809L /* sigtimedwait */

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    SAMPLE_NS = 50000000,
};

static double now(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Resident pages of a process of the group; 0 of any other. */
static long pages_of(const char *process, pid_t group)
{
    char path[300];
    FILE *file;
    int of = 0;
    long pages = 0;
    bool is_read;

    snprintf(path, sizeof path, "/proc/%s/stat", process);
    file = fopen(path, "r");
    if (file == NULL)
        return 0;
    is_read = fscanf(file, "%*d (%*[^)]) %*c %*d %d", &of) == 1;
    fclose(file);
    if (!is_read || of != group)
        return 0;
    snprintf(path, sizeof path, "/proc/%s/statm", process);
    file = fopen(path, "r");
    if (file == NULL)
        return 0;
    is_read = fscanf(file, "%*d %ld", &pages) == 1;
    fclose(file);
    return is_read ? pages : 0;
}

static long pages_of_group(pid_t group)
{
    DIR *folder = opendir("/proc");
    const struct dirent *entry;
    long pages = 0;

    if (folder == NULL)
        return 0;
    while ((entry = readdir(folder)) != NULL)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            pages += pages_of(entry->d_name, group);
    closedir(folder);
    return pages;
}

static sigset_t end_of_child(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    return set;
}

static void run(char **command)
{
    const sigset_t ends = end_of_child();
    int nowhere = open("/dev/null", O_WRONLY);

    sigprocmask(SIG_UNBLOCK, &ends, NULL);
    setpgid(0, 0);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execvp(command[0], command);
    _exit(127);
}

/* Samples until the process ends, which no pause outlasts. */
static long watch(pid_t process, int *status, struct rusage *usage)
{
    const struct timespec pause = { .tv_nsec = SAMPLE_NS };
    const sigset_t ends = end_of_child();
    long most = 0;

    while (wait4(process, status, WNOHANG, usage) == 0) {
        long pages = pages_of_group(process);

        if (pages > most)
            most = pages;
        (void)sigtimedwait(&ends, NULL, &pause);
    }
    return most * (sysconf(_SC_PAGESIZE) / 1024);
}

int main(int argc, char **argv)
{
    const sigset_t ends = end_of_child();
    double start = now();
    struct rusage usage;
    int status = 0;
    pid_t process;
    FILE *result;
    long sum;

    if (argc < 3) {
        fprintf(stderr, "usage: measure RESULT COMMAND [ARGUMENT]...\n");
        return 1;
    }
    sigprocmask(SIG_BLOCK, &ends, NULL);
    process = fork();
    if (process == 0)
        run(argv + 2);
    sum = watch(process, &status, &usage);
    result = fopen(argv[1], "w");
    if (result == NULL) {
        perror(argv[1]);
        return 2;
    }
    fprintf(result, "%.2f %.2f %ld %ld %d\n", now() - start,
            seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
            usage.ru_maxrss, sum > usage.ru_maxrss ? sum : usage.ru_maxrss,
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(result) == 0 ? 0 : 2;
}
