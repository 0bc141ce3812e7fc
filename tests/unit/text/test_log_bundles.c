/* The logs of the recorded incidents: counts as grep counts them, and the
 * same events from the raw log, the CRI file and Docker's json-file. */
#include "unit/text/log_fixture.h"

#include <glob.h>

static glob_t find(const char *pattern)
{
    glob_t found = { 0 };
    char path[4096];

    snprintf(path, sizeof path, "%s/bundles/%s", SHARED_FOLDER, pattern);
    (void)glob(path, 0, NULL, &found);
    if (found.gl_pathc == 0) {
        globfree(&found);
        print_message("skipped: no %s\n", path);
        skip();
    }
    return found;
}

static void run_path(struct log_run *run, const char *path)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        fail_msg("cannot open %s", path);
    log_run_file(run, path, file);
    fclose(file);
}

/* Lines of the file that contain the text: grep -c -F. */
static size_t grep(const char *path, const char *text)
{
    FILE *file = fopen(path, "rb");
    char *line = NULL;
    size_t room = 0;
    size_t count = 0;

    if (file == NULL)
        fail_msg("cannot open %s", path);
    while (getline(&line, &room, file) > 0)
        count += strstr(line, text) != NULL;
    free(line);
    fclose(file);
    return count;
}

/* A text of the file, and what its row has; either occurs as often. */
static const struct {
    const char *in_file;
    const char *in_rows;
} counted[] = {
    { " IN ", "event='query'" },
    { "NOERROR - 0 ", "event='query'\001error='no-answer'" },
    { "plugin/errors: ", "event='error'" },
    { "i/o timeout", "error='timeout'" },
    { "Added back nodelocaldns rule", "event='rule-added'" },
    { "Starting node-cache image", "event='start'\001node-cache image" },
    { "CoreDNS-", "event='start'\001message='CoreDNS-" },
    { "Running configuration", "event='reload'" },
    { "Unable to lookup IP address", "event='upstream-lookup-failed'" },
    { ":53 on ", "event='listen'\001local=" },
};

static size_t count_both(const struct log_run *run, const char *parts)
{
    char first[64];
    const char *second = strchr(parts, '\001');
    size_t count = 0;

    snprintf(first, sizeof first, "%.*s", (int)strcspn(parts, "\001"), parts);
    for (const char *at = strstr(run->rows.text, first); at != NULL;
         at = strstr(at + 1, first)) {
        const char *end = strchr(at, '\n');
        const char *hit = second == NULL ? at : strstr(at, second + 1);

        count += hit != NULL && hit < end;
    }
    return count;
}

static void check_counts(const char *path)
{
    struct log_run run;

    run_path(&run, path);
    for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++)
        if (count_both(&run, counted[i].in_rows) !=
            grep(path, counted[i].in_file))
            fail_msg("%s: %s: %zu rows, %zu lines", path, counted[i].in_file,
                     count_both(&run, counted[i].in_rows),
                     grep(path, counted[i].in_file));
    assert_int_equal(run.bid, 90);
    assert_int_equal(run.status, READ_WHOLE);
    assert_int_equal(row_text_count(&run.rows, "anomaly"), 0);
    log_run_end(&run);
}

static void counts_are_those_of_grep(void **state)
{
    static const char *const patterns[] = {
        "*/logs/*.log",
        "*/logs/pods/*/*/*.log",
        "*/logs/docker/*/*.log",
    };

    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        glob_t found = find(patterns[i]);

        for (size_t k = 0; k < found.gl_pathc; k++)
            check_counts(found.gl_pathv[k]);
        globfree(&found);
    }
}

/* The events without their times; the caller frees. Streams of a raw log are
 * interleaved as the runtime's file has them, so the lines are the same. */
static char *events_of(const char *path)
{
    static const char *const times[] = { " at_ns=", " earliest_ns=",
                                         " latest_ns=", " time_is=" };
    struct log_run run;
    char *events;

    run_path(&run, path);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
        for (char *at = strstr(run.rows.text, times[i]); at != NULL;
             at = strstr(at, times[i])) {
            char *end = at + 1 + strcspn(at + 1, " \n");

            memmove(at, end, strlen(end) + 1);
        }
    events = strdup(run.rows.text);
    *events = '\0';
    for (char *line = strtok(run.rows.text, "\n"); line != NULL;
         line = strtok(NULL, "\n"))
        if (strncmp(line, "log_event:", 10) == 0)
            strcat(strcat(events, line), "\n");
    log_run_end(&run);
    return events;
}

static void cri_gives_the_events_of_raw(void **state)
{
    glob_t raw = find("*/logs/*.log");

    (void)state;
    for (size_t i = 0; i < raw.gl_pathc; i++) {
        const char *path = raw.gl_pathv[i];
        const char *name = strrchr(path, '/') + 1;
        char pattern[8192];
        glob_t cri = { 0 };
        char *events = events_of(path);
        char *others;

        snprintf(pattern, sizeof pattern, "%.*s/pods/*_%.*s_*/*/0.log",
                 (int)(name - path - 1), path, (int)strcspn(name, "."), name);
        assert_int_equal(glob(pattern, 0, NULL, &cri), 0);
        others = events_of(cri.gl_pathv[0]);
        if (strcmp(events, others) != 0)
            fail_msg("%s differs from %s", path, cri.gl_pathv[0]);
        free(events);
        free(others);
        globfree(&cri);
    }
    globfree(&raw);
}

static void docker_gives_the_events_of_raw(void **state)
{
    glob_t docker = find("*/logs/docker/*/*.log");
    glob_t raw = find("vxlan-checksum-udp/logs/*.log");

    (void)state;
    for (size_t i = 0; i < docker.gl_pathc; i++) {
        char *events = events_of(docker.gl_pathv[i]);
        bool found = false;

        for (size_t k = 0; k < raw.gl_pathc && !found; k++) {
            char *others = events_of(raw.gl_pathv[k]);

            found = strcmp(events, others) == 0;
            free(others);
        }
        if (!found)
            fail_msg("%s equals no raw log", docker.gl_pathv[i]);
        free(events);
    }
    globfree(&docker);
    globfree(&raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_those_of_grep),
        cmocka_unit_test(cri_gives_the_events_of_raw),
        cmocka_unit_test(docker_gives_the_events_of_raw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
