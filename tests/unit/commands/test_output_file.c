/* What --output names is replaced as a whole or not at all. */
#include "commands/output_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* After our headers: its fail() is a macro. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char folder[] = "/tmp/wirecause-output-XXXXXX";
static char path[64];
static char link_path[64];

static int make_folder(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/report", folder);
    snprintf(link_path, sizeof link_path, "%s/link", folder);
    (void)umask(022);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(path);
    (void)unlink(link_path);
    return rmdir(folder);
}

static void write_text(const char *to, const char *text)
{
    struct failure failure = { "" };

    if (!output_file_write(to, text, strlen(text), &failure))
        fail_msg("%s", failure.text);
}

static void holds(const char *text)
{
    char found[64];
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    found[fread(found, 1, sizeof found - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(found, text);
}

static mode_t mode_of(const char *name)
{
    struct stat status;

    assert_int_equal(lstat(name, &status), 0);
    return status.st_mode;
}

static size_t files(void)
{
    DIR *entries = opendir(folder);
    size_t count = 0;

    while (readdir(entries) != NULL)
        count++;
    closedir(entries);
    return count - 2;
}

static void a_trial_leaves_nothing(void **state)
{
    struct failure failure = { "" };

    (void)state;
    assert_true(output_file_try(path, &failure));
    assert_int_equal(files(), 0);
    write_text(path, "old");
    assert_true(output_file_try(path, &failure));
    assert_int_equal(files(), 1);
    holds("old");
    unlink(path);
}

static void modes_are_those_of_a_shell(void **state)
{
    (void)state;
    write_text(path, "one");
    assert_int_equal(mode_of(path) & 0777, 0644);
    assert_int_equal(chmod(path, 0660), 0);
    write_text(path, "two");
    holds("two");
    assert_int_equal(mode_of(path) & 0777, 0660);
    unlink(path);
}

static void links_stay(void **state)
{
    struct failure failure = { "" };

    (void)state;
    assert_int_equal(symlink("report", link_path), 0);
    assert_false(output_file_write(link_path, "x", 1, &failure));
    assert_int_equal(files(), 1);
    write_text(path, "old");
    write_text(link_path, "new");
    assert_true(S_ISLNK(mode_of(link_path)));
    holds("new");
    unlink(link_path);
    unlink(path);
}

static void what_cannot_be_written_is_told(void **state)
{
    static const struct {
        const char *path;
        const char *says;
    } cases[] = {
        { "/nonexistent/report", "No such file" },
        { "/tmp", "Is a directory" },
    };
    struct failure failure = { "" };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_false(output_file_try(cases[i].path, &failure));
        assert_non_null(strstr(failure.text, cases[i].says));
        assert_false(output_file_write(cases[i].path, "x", 1, &failure));
        assert_non_null(strstr(failure.text, cases[i].says));
    }
    assert_false(output_file_write("/dev/full", "x", 1, &failure));
    assert_non_null(strstr(failure.text, "No space left"));
}

/* A rename could replace it; root may write it. */
static void read_only_files_stay(void **state)
{
    struct failure failure = { "" };

    (void)state;
    if (geteuid() == 0) {
        print_message("root may write every file: skipped\n");
        skip();
    }
    write_text(path, "old");
    assert_int_equal(chmod(path, 0444), 0);
    assert_false(output_file_try(path, &failure));
    assert_false(output_file_write(path, "x", 1, &failure));
    holds("old");
    unlink(path);
}

static void pipes_are_written_to(void **state)
{
    char found[8] = "";
    int reader;

    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    reader = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    write_text(path, "piped");
    assert_int_equal(read(reader, found, sizeof found), 5);
    assert_string_equal(found, "piped");
    close(reader);
    assert_true(S_ISFIFO(mode_of(path)));
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trial_leaves_nothing),
        cmocka_unit_test(modes_are_those_of_a_shell),
        cmocka_unit_test(links_stay),
        cmocka_unit_test(what_cannot_be_written_is_told),
        cmocka_unit_test(read_only_files_stay),
        cmocka_unit_test(pipes_are_written_to),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
