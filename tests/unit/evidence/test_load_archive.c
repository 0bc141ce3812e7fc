/* Archives: nothing of them touches the disk by name, what is before the
 * damage is kept, bombs end. */
#include "load_fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <locale.h>

static const char netstat[] = "Ip:\n"
                              "    Forwarding: 1\n"
                              "    25 total packets received\n"
                              "Udp:\n"
                              "    12 packets received\n"
                              "    3 packet receive errors\n";

struct maker {
    struct archive *archive;
};

typedef int choose_fn(struct archive *archive);

static void maker_open(struct maker *maker, const char *path, choose_fn *format,
                       choose_fn *filter)
{
    maker->archive = archive_write_new();
    assert_int_equal(format(maker->archive), ARCHIVE_OK);
    if (filter != NULL)
        assert_int_equal(filter(maker->archive), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(maker->archive, path),
                     ARCHIVE_OK);
}

static void maker_close(struct maker *maker)
{
    assert_int_equal(archive_write_close(maker->archive), ARCHIVE_OK);
    archive_write_free(maker->archive);
}

static struct archive_entry *entry_of(const char *name, unsigned type,
                                      size_t length)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, type);
    archive_entry_set_perm(entry, 04777);
    archive_entry_set_size(entry, (la_int64_t)length);
    archive_entry_set_mtime(entry, 1700000000, 0);
    return entry;
}

static void add_bytes(struct maker *maker, const char *name, const void *bytes,
                      size_t length)
{
    struct archive_entry *entry = entry_of(name, AE_IFREG, length);

    assert_int_equal(archive_write_header(maker->archive, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(maker->archive, bytes, length), length);
    archive_entry_free(entry);
}

static void add_text(struct maker *maker, const char *name, const char *text)
{
    add_bytes(maker, name, text, strlen(text));
}

static void add_special(struct maker *maker, const char *name, unsigned type,
                        const char *symlink_to, const char *hardlink_to)
{
    struct archive_entry *entry = entry_of(name, type, 0);

    if (symlink_to != NULL)
        archive_entry_set_symlink(entry, symlink_to);
    if (hardlink_to != NULL)
        archive_entry_set_hardlink(entry, hardlink_to);
    if (type == AE_IFCHR)
        archive_entry_set_rdev(entry, 0x103);
    assert_int_equal(archive_write_header(maker->archive, entry), ARCHIVE_OK);
    archive_entry_free(entry);
}

static void make_hostile(const char *path)
{
    char deep[200] = "";
    struct maker maker;

    for (int i = 0; i < 90; i++)
        strcat(deep, "d/");
    strcat(deep, "x");
    maker_open(&maker, path, archive_write_set_format_pax_restricted,
               archive_write_add_filter_gzip);
    add_text(&maker, "./good/netstat_-s", netstat);
    add_text(&maker, "../x", netstat);
    add_text(&maker, "a/../../y", netstat);
    add_text(&maker, "/tmp/wirecause-absolute", netstat);
    add_special(&maker, "sl", AE_IFLNK, "/tmp", NULL);
    add_text(&maker, "sl/wirecause-through", netstat);
    add_special(&maker, "hl", AE_IFREG, NULL, "/etc/passwd");
    add_special(&maker, "fifo", AE_IFIFO, NULL, NULL);
    add_special(&maker, "device", AE_IFCHR, NULL, NULL);
    add_text(&maker, "esc\033[2Jape", netstat);
    add_text(&maker, deep, netstat);
    add_text(&maker, "twice", netstat);
    add_text(&maker, "twice", netstat);
    maker_close(&maker);
}

static int64_t files_in(const char *folder)
{
    DIR *stream = opendir(folder);
    int64_t count = 0;

    assert_non_null(stream);
    while (readdir(stream) != NULL)
        count++;
    closedir(stream);
    return count;
}

static void hostile_names_are_rows(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    int64_t before;

    (void)state;
    make_hostile(fixture_path(fixture, "h.tgz"));
    before = files_in(fixture->folder);
    fixture_load(fixture);
    assert_int_equal(files_in(fixture->folder), before);
    assert_int_not_equal(access("/tmp/wirecause-absolute", F_OK), 0);
    assert_int_not_equal(access("/tmp/wirecause-through", F_OK), 0);
    assert_status(fixture, "h.tgz", "read");
    assert_status(fixture, "h.tgz/good/netstat_-s", "read");
    assert_status(fixture, "h.tgz/../x",
                  "refused: a name that leaves the archive");
    assert_status(fixture, "h.tgz/a/../../y",
                  "refused: a name that leaves the archive");
    assert_status(fixture, "h.tgz//tmp/wirecause-absolute",
                  "refused: an absolute name in an archive");
    assert_status(fixture, "h.tgz/sl",
                  "refused: a symbolic link, not followed");
    assert_status(fixture, "h.tgz/sl/wirecause-through", "read");
    assert_status(fixture, "h.tgz/hl",
                  "refused: a hard link: its content stands elsewhere in the "
                  "archive");
    assert_status(fixture, "h.tgz/fifo", "refused: a named pipe");
    assert_status(fixture, "h.tgz/device",
                  "refused: a device or of an unknown type");
    assert_status(fixture, "h.tgz/esc\\x1b[2Jape", "read");
    assert_status(fixture, "h.tgz/twice", "read");
    assert_status(fixture, "h.tgz/twice~2", "read");
    assert_int_equal(fixture_number(fixture,
                                    "SELECT count(*) FROM evidence"
                                    " WHERE why LIKE '%more than 64 levels'"),
                     1);
    assert_int_equal(fixture_number(fixture, "SELECT modified_ns FROM evidence"
                                             " WHERE path = 'h.tgz/twice'"),
                     INT64_C(1700000000000000000));
    fixture_close(fixture);
}

static const struct {
    const char *name;
    choose_fn *format;
    choose_fn *filter;
} forms[] = {
    { "b.tar", archive_write_set_format_ustar, NULL },
    { "b.tar.gz", archive_write_set_format_gnutar,
      archive_write_add_filter_gzip },
    { "b.tar.bz2", archive_write_set_format_pax,
      archive_write_add_filter_bzip2 },
    { "b.tar.xz", archive_write_set_format_ustar, archive_write_add_filter_xz },
    { "b.tar.zst", archive_write_set_format_ustar,
      archive_write_add_filter_zstd },
    { "b.zip", archive_write_set_format_zip, NULL },
    { "b.v7", archive_write_set_format_v7tar, NULL },
};

static void each_form_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct fixture *fixture = fixture_open(NULL);
        struct maker maker;
        struct failure failure = { "" };
        char path[600];

        snprintf(path, sizeof path, "%s", fixture_path(fixture, forms[i].name));
        maker_open(&maker, path, forms[i].format, forms[i].filter);
        add_text(&maker, "top/netstat_-s", netstat);
        add_text(&maker, "top/\xc3\xa9t\xc3\xa9", netstat);
        maker_close(&maker);
        assert_true(fixture_load_path(fixture, path, &failure));
        assert_status(fixture, forms[i].name, "read");
        assert_status(fixture, "top/netstat_-s", "read");
        assert_status(fixture, "top/\xc3\xa9t\xc3\xa9", "read");
        assert_true(fixture_load_path(fixture, path, &failure));
        assert_int_equal(fixture->totals.files, 0);
        fixture_close(fixture);
    }
}

static void copy_file(const char *from, const char *to, size_t most)
{
    FILE *in = fopen(from, "r");
    FILE *out = fopen(to, "w");
    int byte = fgetc(in);

    for (size_t i = 0; i < most && byte != EOF; i++, byte = fgetc(in))
        fputc(byte, out);
    fclose(in);
    fclose(out);
}

static void add_file(struct maker *maker, const char *name, const char *path)
{
    static char bytes[1 << 20];
    FILE *file = fopen(path, "r");
    size_t length = fread(bytes, 1, sizeof bytes, file);

    fclose(file);
    add_bytes(maker, name, bytes, length);
}

/* Five archives around one file: the innermost is not opened. */
static void nesting_ends(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    char inner[600];
    char outer[600];

    (void)state;
    snprintf(inner, sizeof inner, "%s/inner", fixture->folder);
    snprintf(outer, sizeof outer, "%s/outer", fixture->folder);
    for (int i = 1; i <= 5; i++) {
        char name[16];
        struct maker maker;

        snprintf(name, sizeof name, "%d.tar", i - 1);
        maker_open(&maker, outer, archive_write_set_format_ustar, NULL);
        if (i == 1)
            add_text(&maker, "netstat_-s", netstat);
        else
            add_file(&maker, name, inner);
        add_text(&maker, "after", netstat);
        maker_close(&maker);
        assert_int_equal(rename(outer, inner), 0);
    }
    copy_file(inner, fixture_path(fixture, "5.tar"), SIZE_MAX);
    fixture_load(fixture);
    assert_status(fixture, "5.tar", "read");
    assert_status(fixture, "5.tar/4.tar/3.tar/2.tar", "read");
    assert_status(fixture, "5.tar/4.tar/3.tar/2.tar/after", "read");
    assert_status(fixture, "5.tar/4.tar/3.tar/after", "read");
    assert_status(fixture, "5.tar/after", "read");
    assert_status(fixture, "5.tar/4.tar/3.tar/2.tar/1.tar",
                  "refused: archives nested more than 4 deep");
    fixture_close(fixture);
}

static void compressed_files_keep_their_place(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    struct maker maker;

    (void)state;
    maker_open(&maker, fixture_path(fixture, "netstat_-s.gz"),
               archive_write_set_format_raw, archive_write_add_filter_gzip);
    add_text(&maker, "data", netstat);
    maker_close(&maker);
    fixture_load(fixture);
    assert_status(fixture, "netstat_-s.gz", "read");
    assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM evidence"),
                     1);
    assert_int_equal(fixture_number(fixture, "SELECT value FROM counter"
                                             " WHERE name = 'Udp.InErrors'"),
                     3);
    fixture_load(fixture);
    assert_int_equal(fixture->totals.skipped, 1);
    fixture_close(fixture);
}

/* Members that stand before the damage are kept. */
static void the_beginning_is_kept(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    char whole[600];
    struct maker maker;

    (void)state;
    snprintf(whole, sizeof whole, "%s/whole", fixture->folder);
    maker_open(&maker, whole, archive_write_set_format_ustar, NULL);
    add_text(&maker, "first", netstat);
    add_text(&maker, "second", netstat);
    maker_close(&maker);
    copy_file(whole, fixture_path(fixture, "cut.tar"), 512 + 512 + 512 + 90);
    fixture_load(fixture);
    assert_status(fixture, "cut.tar/first", "read");
    assert_non_null(
        strstr(fixture_status(fixture, "cut.tar/second"), "partly read: "));
    assert_non_null(
        strstr(fixture_status(fixture, "cut.tar"), "partly read: "));
    fixture_close(fixture);
}

/* Every prefix of a small archive: no crash, and a row for it. */
static void prefixes_are_survived(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    char whole[600];
    struct maker maker;
    struct stat status;

    (void)state;
    snprintf(whole, sizeof whole, "%s/whole", fixture->folder);
    maker_open(&maker, whole, archive_write_set_format_zip, NULL);
    add_text(&maker, "first", netstat);
    maker_close(&maker);
    assert_int_equal(stat(whole, &status), 0);
    for (off_t cut = 1; cut < status.st_size; cut += 7) {
        char name[32];

        snprintf(name, sizeof name, "cut%d.zip", (int)cut);
        copy_file(whole, fixture_path(fixture, name), (size_t)cut);
    }
    fixture_text(fixture, "good", netstat);
    fixture_load(fixture);
    assert_true(fixture_number(fixture, "SELECT count(*) FROM evidence"
                                        " WHERE path LIKE 'cut%.zip'") >=
                (status.st_size - 1) / 7);
    assert_int_equal(fixture_number(fixture,
                                    "SELECT count(*) FROM evidence"
                                    " WHERE why LIKE 'unpacker died%'"),
                     0);
    fixture_close(fixture);
}

/* 200 MiB of zeros in 200 KB, in an archive of its own. */
static void bombs_end(void **state)
{
    static char zeros[1 << 20];
    struct fixture *fixture = fixture_open(NULL);
    char bomb[600];
    struct archive_entry *entry;
    struct maker maker;

    (void)state;
    snprintf(bomb, sizeof bomb, "%s/bomb", fixture->folder);
    maker_open(&maker, bomb, archive_write_set_format_ustar,
               archive_write_add_filter_gzip);
    entry = entry_of("zeros", AE_IFREG, sizeof zeros * 200);
    assert_int_equal(archive_write_header(maker.archive, entry), ARCHIVE_OK);
    for (int i = 0; i < 200; i++)
        archive_write_data(maker.archive, zeros, sizeof zeros);
    archive_entry_free(entry);
    add_text(&maker, "behind", netstat);
    maker_close(&maker);
    maker_open(&maker, fixture_path(fixture, "outer.tar"),
               archive_write_set_format_ustar, NULL);
    add_text(&maker, "before", netstat);
    add_file(&maker, "bomb.tgz", bomb);
    add_text(&maker, "after", netstat);
    maker_close(&maker);
    fixture_text(fixture, "zz", netstat);
    fixture_load(fixture);
    assert_status(fixture, "outer.tar/bomb.tgz",
                  "partly read: unpacks to more than 200 times its size");
    assert_status(fixture, "outer.tar/bomb.tgz/behind", "");
    assert_status(fixture, "outer.tar/before", "read");
    assert_status(fixture, "zz", "read");
    fixture_close(fixture);
}

/* With every format and filter switched on, libarchive looks for a program
 * named lrzip. */
static void no_program_is_run(void **state)
{
    struct fixture *fixture = fixture_open(NULL);
    char program[600];
    char marker[600];
    FILE *file;

    (void)state;
    snprintf(program, sizeof program, "%s/lrzip", fixture->folder);
    snprintf(marker, sizeof marker, "%s/was-run", fixture->folder);
    file = fopen(program, "w");
    fprintf(file, "#!/bin/sh\ntouch %s\n", marker);
    fclose(file);
    assert_int_equal(chmod(program, 0700), 0);
    assert_int_equal(setenv("PATH", fixture->folder, 1), 0);
    fixture_text(fixture, "evil.lrz",
                 "LRZI\1\2 and what else may follow, up to sixty bytes or so");
    fixture_text(fixture, "good", netstat);
    fixture_load(fixture);
    assert_int_equal(setenv("PATH", "/usr/bin:/bin", 1), 0);
    assert_int_not_equal(access(marker, F_OK), 0);
    assert_status(fixture, "evil.lrz", "not understood: lrzip data");
    fixture_close(fixture);
}

static int set_locale(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL ? 0 : -1;
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_names_are_rows),
        cmocka_unit_test(each_form_is_read),
        cmocka_unit_test(nesting_ends),
        cmocka_unit_test(compressed_files_keep_their_place),
        cmocka_unit_test(the_beginning_is_kept),
        cmocka_unit_test(prefixes_are_survived),
        cmocka_unit_test(bombs_end),
        cmocka_unit_test(no_program_is_run),
    };

    return cmocka_run_group_tests(tests, set_locale, NULL);
}
