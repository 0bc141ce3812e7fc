#include "report/journey.h"

#include "base/memory.h"
#include "report/page.h"

#include <sqlite3.h>
#include <string.h>

enum {
    STOPS_SHOWN = 12,
};

enum journey_column {
    JOURNEY_WHAT,
    JOURNEY_FATE,
    JOURNEY_EXCHANGE,
    JOURNEY_PACKET,
    JOURNEY_MISSING,
    JOURNEY_IS_DAMAGED,
};

/* The lost packet that most places saw. */
static const char journey_sql[] =
    "SELECT CASE"
    "  WHEN j.packet LIKE '% syn' THEN 'the first packet (SYN) of a connection"
    " from ' || client || ' to ' || server"
    "  WHEN j.packet LIKE '% syn-ack' THEN 'the reply (SYN-ACK) of ' || server"
    "   || ' to a connection from ' || client"
    "  WHEN j.packet LIKE '% query' THEN 'a question of ' || client || ' to '"
    "   || server || name"
    "  ELSE 'an answer of ' || server || ' to ' || client || name END,"
    " j.fate, j.exchange_id, j.packet, j.first_missing, x.is_damaged"
    " FROM v_journey AS j JOIN"
    " (SELECT id, coalesce(client_name, client_text) AS client,"
    "   coalesce(server_name, server_text) AS server,"
    "   coalesce(' for ' || qname || ' ' || qtype, '') AS name,"
    "   failure IN ('answer-damaged', 'query-damaged')"
    "    AND EXISTS (SELECT 1 FROM sighting AS s"
    "     WHERE s.exchange_id = id AND s.stop >= 0) AS is_damaged"
    "  FROM v_exchange) AS x ON x.id = j.exchange_id"
    " ORDER BY (SELECT count(*) FROM v_sighting AS s"
    "   WHERE s.exchange_id = j.exchange_id"
    "     AND s.packet = j.packet) DESC, j.exchange_id LIMIT 1";

/* The first sighting at each place, for SQLite takes bare columns from the
 * row of the only min(): a repeat may have fared otherwise. What clocks leave
 * open, the way from client to server decides, backwards for answers. */
static const char stops_sql[] =
    "SELECT CASE WHEN place = 'pod' THEN 'pod ' || coalesce(pod, '')"
    "  ELSE coalesce(node || ' ' || interface, node, interface, path) END,"
    " checksum, outer_checksum, min(at_ns) AS first_ns"
    " FROM v_sighting WHERE exchange_id = :exchange AND packet = :packet"
    " GROUP BY node, pod, interface, stop"
    " ORDER BY first_ns, CASE WHEN what IN ('query', 'syn')"
    "  THEN stop ELSE -stop END";

static const char *column(sqlite3_stmt *row, int number)
{
    return (const char *)sqlite3_column_text(row, number);
}

static void write_stop(struct page *page, sqlite3_stmt *stop, int number)
{
    const char *outer = column(stop, 2);
    const char *label = arena_format(
        page->arena, "%s, checksum %s%s%s", column(stop, 0),
        column(stop, 1) != NULL ? column(stop, 1) : "unknown",
        outer != NULL ? ", tunnel header " : "", outer != NULL ? outer : "");

    page->form->path_stop(page, number, label);
}

static void write_end(struct page *page, sqlite3_stmt *journey, int stops)
{
    const char *missing = column(journey, JOURNEY_MISSING);
    const char *end = sqlite3_column_int(journey, JOURNEY_IS_DAMAGED)
                          ? "dropped here (damaged)"
                      : missing != NULL
                          ? arena_format(page->arena, "not seen at %s", missing)
                          : "goes no further";

    page->form->path_lost(page, stops, end);
}

static void write_caption(struct page *page, sqlite3_stmt *journey)
{
    page->form->paragraph_begin(page);
    page_format(page, "The path of one lost packet, %s: %s.",
                column(journey, JOURNEY_WHAT), column(journey, JOURNEY_FATE));
    page->form->paragraph_end(page);
    page->form->path_begin(page);
}

static int write_path(struct page *page, sqlite3_stmt *journey)
{
    struct sqlite3 *database = page_database(page);
    size_t before = page->output->length;
    sqlite3_stmt *stop = NULL;
    int count = 0;
    int result = sqlite3_prepare_v2(database, stops_sql, -1, &stop, NULL);

    if (result != SQLITE_OK)
        return result;
    sqlite3_bind_int64(stop, 1,
                       sqlite3_column_int64(journey, JOURNEY_EXCHANGE));
    sqlite3_bind_text(stop, 2, column(journey, JOURNEY_PACKET), -1,
                      SQLITE_TRANSIENT);
    write_caption(page, journey);
    while ((result = sqlite3_step(stop)) == SQLITE_ROW && count < STOPS_SHOWN)
        write_stop(page, stop, count++);
    if (count > 0)
        write_end(page, journey, count);
    page->form->path_end(page);
    if (count == 0)
        output_cut(page->output, before);
    sqlite3_finalize(stop);
    return result;
}

bool journey_write(struct page *page)
{
    struct sqlite3 *database = page_database(page);
    struct share share = page_share(page, 8);
    size_t before = page->output->length;
    sqlite3_stmt *journey = NULL;
    int result = sqlite3_prepare_v2(database, journey_sql, -1, &journey, NULL);

    if (result == SQLITE_OK)
        result = sqlite3_step(journey);
    if (result == SQLITE_ROW)
        result = write_path(page, journey);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        fail(page->failure, "report: %s", sqlite3_errmsg(database));
    sqlite3_finalize(journey);
    (void)share_keeps(&share, page->output, before);
    return result == SQLITE_ROW || result == SQLITE_DONE;
}
